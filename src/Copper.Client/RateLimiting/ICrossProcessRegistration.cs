namespace Copper.Client.RateLimiting;

/// <summary>One session's registration with a limit that several processes share. Dispose it when the session ends.</summary>
internal interface ICrossProcessRegistration : IDisposable
{
    /// <summary>The limiter that the session takes part in.</summary>
    ICrossProcessRateLimiter Limiter { get; }

    /// <summary>Ends the registration without waiting for the store, for a finalizer.</summary>
    void Abandon();
}
