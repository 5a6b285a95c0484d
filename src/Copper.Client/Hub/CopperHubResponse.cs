using Copper.Client.Json;

namespace Copper.Client.Hub;

/// <summary>
/// A response in its raw form, for requests that have no method of their own. A session id in it is replaced by asterisks.
/// </summary>
public sealed class CopperHubResponse
{
    internal CopperHubResponse(int responseCode, string message, object? data, string text)
    {
        ResponseCode = responseCode;
        Message = message;
        Data = data;
        Text = text;
    }

    /// <summary>The status that the envelope names.</summary>
    public int ResponseCode { get; }

    /// <summary>What the service states.</summary>
    public string Message { get; }

    /// <summary>The envelope's <c>data</c> as plain values (text, numbers, bool, null, lists, <see cref="AdditionalMembers"/>).</summary>
    public object? Data { get; }

    /// <summary>The whole response as JSON text.</summary>
    public string Text { get; }
}
