namespace Copper.Sandbox.Hub;

/// <summary>Ends the handling of a call with an error.</summary>
internal sealed class HubException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    public static HubException BadRequest() => new(400, "Bad Request");

    /// <summary>No session, no such record, not visible, not allowed: the response is the same.</summary>
    public static HubException Unauthorized() => new(401, "Unauthorized");

    public static HubException NotImplemented() => new(501, "Not Implemented");
}
