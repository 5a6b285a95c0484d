namespace Copper.Client.RateLimiting;

/// <summary>The right to send one request under a limit that several processes share.</summary>
internal interface ICrossProcessPermit
{
    /// <summary>The response began, or the request failed. When the request was not sent, the permit is free at once.</summary>
    void Complete(bool sent);

    /// <summary>The service responded with 429: all processes back off.</summary>
    /// <param name="hint">How long the service asks to wait; null when it does not state it.</param>
    void NoteTooManyRequests(TimeSpan? hint);
}
