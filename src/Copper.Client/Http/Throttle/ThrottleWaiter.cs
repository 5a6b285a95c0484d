namespace Copper.Client.Http.Throttle;

/// <summary>A request that stands in line.</summary>
internal sealed class ThrottleWaiter(bool bulk)
{
    private readonly TaskCompletionSource<ThrottleLease> _admission = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;

    public bool Bulk { get; } = bulk;

    public Task<ThrottleLease> Admission => _admission.Task;

    /// <summary>Keeps the registration until the wait is over.</summary>
    public void Watch(CancellationTokenRegistration registration)
    {
        _registration = registration;
        _ = Admission.ContinueWith(
            static (_, state) => ((ThrottleWaiter)state!)._registration.Dispose(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public void Admit(ThrottleLease lease) => _admission.TrySetResult(lease);

    public void Cancel(CancellationToken cancellationToken) => _admission.TrySetCanceled(cancellationToken);
}
