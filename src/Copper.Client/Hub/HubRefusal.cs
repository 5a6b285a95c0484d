using Copper.Client.Http;

namespace Copper.Client.Hub;

/// <summary>
/// What a 401 means. The CopperHub answers it, with the same body, for a session that has ended, for an id that does not
/// exist and for one that the user may not see; only check_session tells the first from the others.
/// </summary>
internal static class HubRefusal
{
    /// <summary>The session lives: it is about the record, or about the right.</summary>
    public static CopperApiException OfRecord(CopperHubRequest request, CopperRequest http, CopperApiException refusal)
    {
        const string Sorts = "the CopperHub answers 401 both for a record that does not exist and for one that the user may not see or change. The session is valid.";
        return request.Id is { } id
            ? new CopperNotFoundException(http, Error(refusal, $"There is no {Words(request)} {id} for your user: {Sorts}{Further(request)}"))
            : new CopperPermissionException(http, Error(refusal, $"The CopperHub does not let your user do this, or a record that it refers to is not there: {Sorts}"));
    }

    /// <summary>The session has ended, and so did the one after it.</summary>
    public static CopperAuthenticationException OfSession(CopperRequest http, CopperApiException refusal) =>
        new(http, Error(refusal, "The CopperHub ended the session again right after the login (401). Run Connect-CopperHub again."));

    /// <summary>The name and password are not accepted.</summary>
    public static CopperAuthenticationException OfCredential(CopperRequest http, CopperApiException refusal) =>
        new(http, Error(refusal, "The CopperHub did not accept the user name and the password (401). Check them, then run Connect-CopperHub again."));

    /// <summary>check_session gave no answer: both meanings are possible.</summary>
    public static CopperAuthenticationException Unexplained(CopperHubRequest request, CopperRequest http, CopperApiException refusal, CopperException failure)
    {
        var record = request.Id is { } id ? $"there is no {Words(request)} {id} for your user" : "your user may not do this";
        return new CopperAuthenticationException(
            http, Error(refusal, $"The CopperHub answered 401: either the session has ended, or {record}. check_session could not tell which: {failure.Message}"));
    }

    private static ServiceError Error(CopperApiException refusal, string lead) => new()
    {
        StatusCode = refusal.StatusCode!.Value,
        Message = refusal.ServerMessage,
        RequestId = refusal.RequestId,
        Lead = lead,
    };

    private static string Further(CopperHubRequest request) =>
        request.Action == "delete_taskcomment" ? " Only administrators may delete task comments." : string.Empty;

    private static string Words(CopperHubRequest request) => request.Noun switch
    {
        "taskcomment" => "task comment",
        "" => "record",
        _ => request.Noun,
    };
}
