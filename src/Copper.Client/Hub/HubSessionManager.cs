namespace Copper.Client.Hub;

/// <summary>
/// Keeps the one session that all calls of a client share: made at the first call, made anew when the service has ended it.
/// Callers that find it ended together log in once.
/// </summary>
internal sealed class HubSessionManager
{
    private HubLogin? _current;

    /// <summary>Never disposed: a call that is under way when the client is closed must fail for want of a connection, not of a gate.</summary>
    private SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>The session in use; null before the first login and after a logout.</summary>
    public HubLogin? Current => Volatile.Read(ref _current);

    /// <summary>The session to call with.</summary>
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

    /// <summary>A call with this session got 401. Returns the session to try again with, or null when this one is alive: then the 401 meant something else.</summary>
    public async Task<HubLogin?> ReplaceAsync(HubLogin refused, Func<Task<bool>> isAlive, Func<Task<HubLogin>> logIn, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Current is { } other && !ReferenceEquals(other, refused))
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

    private HubLogin Keep(HubLogin ticket)
    {
        Volatile.Write(ref _current, ticket);
        return ticket;
    }
}
