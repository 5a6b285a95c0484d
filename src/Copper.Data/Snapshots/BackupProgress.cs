namespace Copper.Data.Snapshots;

/// <summary>Adds up how far the streams of a backup have come.</summary>
internal sealed class BackupProgress
{
    private readonly IProgress<SnapshotProgress>? _progress;
    private readonly IReadOnlyList<SnapshotStream> _streams;
    private readonly IReadOnlyList<LinkStream> _links;

    public BackupProgress(
        IProgress<SnapshotProgress>? progress, IReadOnlyList<SnapshotStream> streams, IReadOnlyList<LinkStream> links)
    {
        _progress = progress;
        _streams = streams;
        _links = links;
        foreach (var stream in streams.Concat(links))
        {
            stream.Moved = () => Tell("Reading the account");
        }
    }

    /// <summary>Tells how far the backup has come. The whole is known once each stream has had its first page.</summary>
    public void Tell(string activity)
    {
        if (_progress is null)
        {
            return;
        }

        var completed = _streams.Sum(static stream => Math.Min(stream.Completed, stream.Total ?? long.MaxValue))
            + _links.Sum(static stream => stream.Completed);
        var totals = _streams.Where(static stream => !stream.IsDone || stream.Total is not null).Select(static stream => stream.Total)
            .Concat(_links.Select(static stream => stream.Expected)).ToArray();
        _progress.Report(new SnapshotProgress(
            activity, completed, totals.Any(static total => total is null) ? null : totals.Sum(static total => total)));
    }
}
