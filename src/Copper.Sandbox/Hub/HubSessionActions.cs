using System.Text.Json;

namespace Copper.Sandbox.Hub;

/// <summary>login, check_session, logout: the actions that need no session.</summary>
internal static class HubSessionActions
{
    public static IReadOnlyDictionary<string, Func<HubState, HubCall, DateTimeOffset, HubResponse>> All { get; } =
        new Dictionary<string, Func<HubState, HubCall, DateTimeOffset, HubResponse>>
    {
        ["login"] = LogIn,
        ["check_session"] = CheckSession,
        ["logout"] = LogOut,
    };

    private static HubResponse LogIn(HubState state, HubCall call, DateTimeOffset now)
    {
        string name = call.Field("username") ?? throw HubException.BadRequest();
        call.User = state.Options.Users.FirstOrDefault(user =>
            string.Equals(user.UserName, name, StringComparison.OrdinalIgnoreCase) && user.Password == call.Field("password"))
            ?? throw HubException.Unauthorized();
        return LoggedIn(call.User, state.Sessions.Open(call.User, now));
    }

    /// <summary>A session that is not there is no error here: 200, and logged_in is false.</summary>
    private static HubResponse CheckSession(HubState state, HubCall call, DateTimeOffset now)
    {
        call.User = state.Sessions.Find(call.Field("session_id"), now);
        return call.User is null ? LoggedOut() : LoggedIn(call.User, call.Field("session_id")!);
    }

    private static HubResponse LogOut(HubState state, HubCall call, DateTimeOffset now)
    {
        state.Sessions.Close(call.Field("session_id"));
        return LoggedOut();
    }

    private static HubResponse LoggedIn(HubSandboxUser user, string sessionId) => new(200, "Successful", writer =>
    {
        writer.WriteBoolean("logged_in", true);
        writer.WriteNumber("api_version", 1);
        writer.WriteString("session_id", sessionId);
        writer.WriteStartObject("user");
        writer.WriteString("ID", HubNumbers.Text(user.Id));
        writer.WriteString("Username", user.UserName);
        writer.WriteEndObject();
    });

    private static HubResponse LoggedOut() => new(200, "Successful", static (Utf8JsonWriter writer) =>
    {
        writer.WriteBoolean("logged_in", false);
        writer.WriteNumber("api_version", 1);
    });
}
