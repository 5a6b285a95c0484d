using System.Net;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>An error response, read into words.</summary>
internal sealed class ServiceError
{
    public static readonly IReadOnlyDictionary<string, string> NoFieldErrors = new Dictionary<string, string>();

    public HttpStatusCode StatusCode { get; init; }

    public string Message { get; init; } = string.Empty;

    public IReadOnlyDictionary<string, string> FieldErrors { get; init; } = NoFieldErrors;

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// What happened, where the status alone does not state it: the CopperHub responds with 401 for more than one reason. Null for the
    /// usual sentence.
    /// </summary>
    public string? Lead { get; init; }

    /// <summary>
    /// The base address has another path than that of the Developer API, so that it may be the address that is not found.
    /// </summary>
    public bool IsAtUnusualPath { get; set; }

    /// <summary>The service itself reports that it did nothing, whatever the status is.</summary>
    public bool SaysNotDone { get; init; }

    /// <summary>The one sentence that a user reads: what happened, what the service stated, where.</summary>
    public string Describe(CopperRequest request)
    {
        var status = (int)StatusCode;
        var service = request.ServiceName;
        var lead = Lead ?? status switch
        {
            401 => $"{service} did not accept the credential (401). Check that it is complete, current and of the right account.",
            403 => $"{service} does not permit this{(request.UserEmail is { } user ? $" to {user}" : string.Empty)} (403).",
            404 => $"{service} found {MissingPart.Of(request)} (404){(IsAtUnusualPath ? ", or the base address is wrong" : string.Empty)}.",
            400 or 422 => $"{service} rejected the request ({status}).",
            429 => $"{service}'s rate limit is exceeded (429). Another program may be using the same account.",
            >= 500 => $"{service} failed ({status}).",
            >= 300 and < 400 => $"{service} responded with a redirect ({status}), which is not followed, since that would hand the "
                + "credential to another address. Check the base address.",
            _ => $"{service} responded with status {status}.",
        };
        var said = ErrorText.Said(Message);
        var id = RequestId is null ? string.Empty : $", request id {RequestId}";
        return $"{lead}{said} [{request.Method} {request.PathAndQuery}{id}]";
    }
}
