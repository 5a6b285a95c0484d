namespace Copper.Client.Http.Throttle;

/// <summary>The throttles of this process: one for each account of each service address, shared by all sessions and runspaces.</summary>
internal sealed class ThrottleRegistry(Clock clock)
{
    private readonly Dictionary<string, RequestThrottle> _throttles = new(StringComparer.Ordinal);

    public static ThrottleRegistry Process { get; } = new(Clock.System);

    /// <summary>The throttle of a credential, whose account may not be known yet.</summary>
    public RequestThrottle ForCredential(Uri baseUri, string fingerprint)
    {
        lock (_throttles)
        {
            var key = Key(baseUri, "credential", fingerprint);
            if (!_throttles.TryGetValue(key, out var throttle))
            {
                _throttles[key] = throttle = new RequestThrottle(clock);
            }

            return throttle;
        }
    }

    /// <summary>The credential turned out to belong to this account: from now on it shares the account's one throttle.</summary>
    public void Identify(Uri baseUri, string fingerprint, long accountId)
    {
        var own = ForCredential(baseUri, fingerprint);
        lock (_throttles)
        {
            var key = Key(baseUri, "account", accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (_throttles.TryGetValue(key, out var joint))
            {
                own.JoinInto(joint);
            }
            else
            {
                _throttles[key] = joint = own;
            }

            _throttles[Key(baseUri, "credential", fingerprint)] = joint;
        }
    }

    private static string Key(Uri baseUri, string kind, string id) => $"{baseUri.GetLeftPart(UriPartial.Authority)}|{kind}|{id}";
}
