namespace Copper.Client.Hub;

/// <summary>
/// Keeps the one session that all requests of a client share: opened for the first request, and again when the service has ended it.
/// Callers that find it ended together log in once.
/// </summary>
internal sealed class HubSessionManager
{
    private HubLogin? _current;

    /// <summary>Never disposed: a request in flight when the client is closed must fail for want of a connection, not of a gate.</summary>
    private SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>The session in use; null before the first login and after a logout.</summary>
    public HubLogin? Current => Volatile.Read(ref _current);

    /// <summary>The session for a request.</summary>
    public async Task<HubLogin> GetAsync(Func<Task<HubLogin>> logIn, CancellationToken cancellationToken)
    {
        if (Current is { } present)
        {
            return present;
        }

        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Current ?? Keep(await logIn().ConfigureAwait(false));
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>
    /// A request with this session got 401. Returns the session to try again with, or null when this one is alive: then the 401 meant
    /// something else.
    /// </summary>
    public async Task<HubLogin?> ReplaceAsync(
        HubLogin unauthorized, Func<Task<bool>> isAlive, Func<Task<HubLogin>> logIn, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Current is { } other && !ReferenceEquals(other, unauthorized))
            {
                return other;
            }

            return await isAlive().ConfigureAwait(false) ? null : Keep(await logIn().ConfigureAwait(false));
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Forgets the session and returns it.</summary>
    public HubLogin? Take() => Interlocked.Exchange(ref _current, null);

    private HubLogin Keep(HubLogin login)
    {
        Volatile.Write(ref _current, login);
        return login;
    }
}
