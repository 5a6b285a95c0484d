using System.Net;

namespace Copper.Client;

/// <summary>A response in its raw form, for requests that have no method of their own.</summary>
public sealed class CopperResponse
{
    internal CopperResponse(HttpStatusCode statusCode, string? requestId, long? total, string text, object? value)
    {
        StatusCode = statusCode;
        RequestId = requestId;
        Total = total;
        Text = text;
        Value = value;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The service's name for the request; null when unknown.</summary>
    public string? RequestId { get; }

    /// <summary>The upper bound of a search's result; null when the service did not state it.</summary>
    public long? Total { get; }

    /// <summary>The body as it came.</summary>
    public string Text { get; }

    /// <summary>
    /// The body as plain values (text, numbers, bool, null, lists, <see cref="Json.AdditionalMembers"/>); null when there is none.
    /// </summary>
    public object? Value { get; }
}
