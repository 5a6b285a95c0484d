using Copper.Client.Hub.Models;

namespace Copper.Client.Hub;

/// <summary>What a login gives: the session's id, which is as good as the password while it lasts, and who it belongs to.</summary>
internal sealed class HubLogin(string sessionId, CopperHubUser? user)
{
    public string SessionId { get; } = sessionId;

    public CopperHubUser? User { get; } = user;
}
