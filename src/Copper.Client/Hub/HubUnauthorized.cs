using Copper.Client.Json;

namespace Copper.Client.Hub;

/// <summary>
/// What a 401 means. The CopperHub sends it, with the same body, for a session that has ended, for an id that does not
/// exist and for one that the user may not see; only check_session tells the first from the others.
/// </summary>
internal static class HubUnauthorized
{
    /// <summary>The session lives: it is about the record, or about the right.</summary>
    public static CopperApiException OfRecord(CopperHubRequest request, CopperRequest http, CopperApiException unauthorized)
    {
        const string Sorts = "the CopperHub responds with 401 both for a record that does not exist and for one that the user may not see "
            + "or change. The session is valid.";
        return request.Id is { } id
            ? new CopperNotFoundException(
                http, Error(unauthorized, $"There is no {Words(request)} {id} for your user: {Sorts}{Further(request)}"))
            : new CopperPermissionException(
                http,
                Error(unauthorized, $"The CopperHub does not let your user do this, or a record that it refers to is not there: {Sorts}"));
    }

    /// <summary>The session has ended, and so did the one after it.</summary>
    public static CopperAuthenticationException OfSession(CopperRequest http, CopperApiException unauthorized) =>
        new(http, Error(
            unauthorized,
            "The CopperHub ended the session again right after the login (401). Wait a moment, then "
                + ErrorWords.Current.ConnectHub + "."));

    /// <summary>The name and password are not accepted.</summary>
    public static CopperAuthenticationException OfCredential(CopperRequest http, CopperApiException unauthorized) =>
        new(http, Error(
            unauthorized,
            "The CopperHub did not accept the user name and the password (401). Check them, then " + ErrorWords.Current.ConnectHub + "."));

    /// <summary>check_session failed: both meanings are possible.</summary>
    public static CopperAuthenticationException Unexplained(
        CopperHubRequest request, CopperRequest http, CopperApiException unauthorized, CopperException failure)
    {
        var record = request.Id is { } id ? $"there is no {Words(request)} {id} for your user" : "your user may not do this";
        return new CopperAuthenticationException(
            http,
            Error(
                unauthorized,
                $"The CopperHub responded with 401: either the session has ended, or {record}. check_session could not tell which: "
                + failure.Message));
    }

    private static ServiceError Error(CopperApiException unauthorized, string lead) => new()
    {
        StatusCode = unauthorized.StatusCode!.Value,
        Message = unauthorized.ServerMessage,
        RequestId = unauthorized.RequestId,
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
