namespace Copper.Data.Snapshots;

/// <summary>How far a backup has come.</summary>
/// <param name="Activity">What is done, for example <c>Reading the account</c>.</param>
/// <param name="Completed">The records, or lists of one record, that were read so far.</param>
/// <param name="Total">How many there are, as far as that is known by now.</param>
public sealed record SnapshotProgress(string Activity, long Completed, long? Total);
