namespace Copper.Sandbox.Http;

/// <summary>All limits of the account; a request has to fit into each of them.</summary>
internal sealed class RateLimiter(SandboxOptions options)
{
    private readonly RollingWindow[] _windows = [.. options.RateLimits.Select(limit => new RollingWindow(limit))];

    private readonly RollingWindow? _bulkWindow =
        options.BulkRateLimit is null ? null : new RollingWindow(options.BulkRateLimit);

    public IEnumerable<RollingWindow> Windows => _bulkWindow is null ? _windows : [.. _windows, _bulkWindow];

    public SandboxAdmission Admit(string path, DateTimeOffset now)
    {
        var wait = TimeSpan.Zero;
        foreach (var window in _windows)
        {
            wait = Max(wait, window.Count(now));
        }

        if (_bulkWindow is not null && IsBulk(path))
        {
            wait = Max(wait, _bulkWindow.Count(now));
        }

        return new SandboxAdmission(now, wait == TimeSpan.Zero, wait);
    }

    private static bool IsBulk(string path) =>
        path.EndsWith("/bulk_create", StringComparison.Ordinal) || path.EndsWith("/bulk_update", StringComparison.Ordinal);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
