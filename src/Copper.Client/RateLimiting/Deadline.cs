namespace Copper.Client.RateLimiting;

/// <summary>A token that is cancelled when some time of a clock has passed, or with another token.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _outer;
    private readonly IDisposable _timer;

    /// <param name="clock">The clock.</param>
    /// <param name="after">The time.</param>
    /// <param name="outer">The other token.</param>
    public Deadline(Clock clock, TimeSpan after, CancellationToken outer)
    {
        _outer = outer;
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _timer = clock.Schedule(after > TimeSpan.Zero ? after : TimeSpan.Zero, Cancel);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The time has passed before the other token was cancelled.</summary>
    public bool HasPassed => _source.IsCancellationRequested && !_outer.IsCancellationRequested;

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended at the same moment.
        }
    }
}
