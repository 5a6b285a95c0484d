namespace ChangeFeedWorker;

/// <summary>Where the feed goes, and how often it is read.</summary>
/// <param name="Folder">Holds the state and the file of changes.</param>
/// <param name="Interval">The time between two runs.</param>
internal sealed record FeedSettings(string Folder, TimeSpan Interval);
