namespace Copper.Client.Webhooks.Listening;

/// <summary>What a listener has received so far. Safe to read from any thread while it listens.</summary>
public sealed class WebhookListenerStatistics
{
    private readonly long[] _counts = new long[Enum.GetValues(typeof(WebhookOutcome)).Length];

    internal WebhookListenerStatistics()
    {
    }

    /// <summary>Where it listens; null before it does.</summary>
    public Uri? Prefix { get; internal set; }

    /// <summary>Whoever uses the listener is still looking for changes from before it listened.</summary>
    public bool IsCatchingUp { get; set; }

    /// <summary>Notifications that were taken (response 200).</summary>
    public long Accepted => Count(WebhookOutcome.Accepted);

    /// <summary>Requests that were rejected, for all reasons together.</summary>
    public long Refused => Malformed + WrongSecret + WrongPath + WrongMethod + TooLarge + Unavailable + TimedOut;

    /// <summary>Bodies that are no notification, and requests that are no HTTP (response 400).</summary>
    public long Malformed => Count(WebhookOutcome.Malformed);

    /// <summary>Notifications with a wrong secret or none (response 401).</summary>
    public long WrongSecret => Count(WebhookOutcome.WrongSecret);

    /// <summary>Requests for another path than the prefix's (response 404).</summary>
    public long WrongPath => Count(WebhookOutcome.WrongPath);

    /// <summary>Requests of another method than POST (response 405).</summary>
    public long WrongMethod => Count(WebhookOutcome.WrongMethod);

    /// <summary>Bodies over the limit (response 413) and overlong headers (response 431).</summary>
    public long TooLarge => Count(WebhookOutcome.TooLarge);

    /// <summary>Notifications that came when the listener was at its end (response 503).</summary>
    public long Unavailable => Count(WebhookOutcome.Unavailable);

    /// <summary>Requests that did not arrive as a whole in time: their connections were closed.</summary>
    public long TimedOut => Count(WebhookOutcome.TimedOut);

    /// <summary>What was counted, in one line.</summary>
    public override string ToString() =>
        $"{Accepted} accepted, {Refused} refused: {WrongSecret} wrong secret, {WrongPath} wrong path, {WrongMethod} wrong method, "
        + $"{TooLarge} too large, {Malformed} malformed, {Unavailable} too late, {TimedOut} timed out";

    internal void Add(WebhookOutcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);

    private long Count(WebhookOutcome outcome) => Interlocked.Read(ref _counts[(int)outcome]);
}

/// <summary>What became of a request.</summary>
internal enum WebhookOutcome
{
    Accepted,
    Malformed,
    WrongSecret,
    WrongPath,
    WrongMethod,
    TooLarge,
    Unavailable,
    TimedOut,
}
