namespace Copper.Client.RateLimiting;

/// <summary>A request in a queue, until it gets its permit or is cancelled.</summary>
/// <typeparam name="T">The permit.</typeparam>
/// <param name="bulk">The request goes to a bulk endpoint.</param>
internal class PermitWaiter<T>(bool bulk)
{
    // Continuations run on other threads, because this is completed within locks.
    private readonly TaskCompletionSource<T> _permit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Bulk { get; } = bulk;

    public Task<T> Permit => _permit.Task;

    /// <summary>Calls <paramref name="cancelled"/> when the token is cancelled, unless the wait is over by then.</summary>
    public void Watch(Action cancelled, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || Permit.IsCompleted)
        {
            return;
        }

        var registration = cancellationToken.Register(cancelled);
        _ = Permit.ContinueWith(
            static (_, state) => ((IDisposable)state!).Dispose(),
            registration,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    /// <summary>The request may go.</summary>
    public void Admit(T permit) => _permit.TrySetResult(permit);

    public void Cancel(CancellationToken cancellationToken) => _permit.TrySetCanceled(cancellationToken);
}
