namespace Copper.Sandbox.Hub;

/// <summary>The way of a call: selectors, session, action.</summary>
internal sealed class HubHandler(HubState state, DateTimeOffset now)
{
    public SandboxReply Handle(HubCall call)
    {
        try
        {
            return Respond(call).ToReply();
        }
        catch (HubException error)
        {
            return HubResponse.WithVersion(error.Code, error.Message).ToReply();
        }
    }

    private HubResponse Respond(HubCall call)
    {
        // All parameters are of type POST, so nothing else makes sense, whatever the page prints as method.
        if (call.Method != "POST" || call.Selector("module") != "api")
        {
            throw HubException.BadRequest();
        }

        // The version is 1 when it is not given.
        string action = call.Selector("action") ?? "";
        if ((call.Selector("v") ?? "1") != "1" || !(HubSessionActions.All.ContainsKey(action) || HubActions.All.ContainsKey(action)))
        {
            throw HubException.NotImplemented();
        }

        if (HubSessionActions.All.TryGetValue(action, out var session))
        {
            return session(state, call, now);
        }

        call.User = state.Sessions.Find(call.Field("session_id"), now) ?? throw HubException.Unauthorized();
        return HubActions.All[action](state, call);
    }
}
