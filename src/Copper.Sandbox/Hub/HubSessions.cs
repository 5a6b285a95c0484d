using System.Globalization;
using System.Security.Cryptography;

namespace Copper.Sandbox.Hub;

/// <summary>The sessions that are open.</summary>
internal sealed class HubSessions(TimeSpan? lifetime)
{
    private readonly Dictionary<string, (HubSandboxUser User, DateTimeOffset LastUse)> _sessions = new(StringComparer.Ordinal);

    public string Open(HubSandboxUser user, DateTimeOffset now)
    {
        byte[] bytes = new byte[16];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(bytes);
        }

        // 32 upper-case hexadecimal digits, as in the documentation's example.
        string id = string.Concat(bytes.Select(static part => part.ToString("X2", CultureInfo.InvariantCulture)));
        _sessions[id] = (user, now);
        return id;
    }

    /// <summary>The user of a session; null if there is none, or none any more.</summary>
    public HubSandboxUser? Find(string? id, DateTimeOffset now)
    {
        if (id is null || !_sessions.TryGetValue(id, out var session))
        {
            return null;
        }

        if (lifetime is { } span && now - session.LastUse >= span)
        {
            _sessions.Remove(id);
            return null;
        }

        _sessions[id] = (session.User, now);
        return session.User;
    }

    public void Close(string? id)
    {
        if (id is not null)
        {
            _sessions.Remove(id);
        }
    }

    public void Clear() => _sessions.Clear();
}
