namespace Copper.Data.ChangeFeed;

/// <summary>What earlier runs have read of the records of one entity.</summary>
internal sealed class KnownRecords
{
    /// <summary>The records by their ids, as JSON in UTF-8.</summary>
    public Dictionary<long, byte[]> Images { get; } = [];

    /// <summary>
    /// Records that the user could not see any more, though they may be there, and who has seen them last: for that reader they are missing
    /// when they are gone.
    /// </summary>
    public Dictionary<long, string> Hidden { get; } = [];

    /// <summary>Records that the last reading of all has not found; nobody has looked yet whether they were deleted.</summary>
    public HashSet<long> Missing { get; } = [];

    /// <summary>
    /// Records that a consumer may have from runs that did not end: it gets them again when they are read, or learns that they are gone.
    /// </summary>
    public Dictionary<long, TakenRecord> Taken { get; } = [];

    /// <summary>
    /// Who has compared all records last, with what the service says of the user: who has other rights now cannot tell what is deleted.
    /// Null before the first run.
    /// </summary>
    public string? SeenBy { get; set; }

    /// <summary>Up to when changes were read, by the service's clock; null before the first run.</summary>
    public DateTimeOffset? ReadUntil { get; set; }

    /// <summary>
    /// When the record was modified that was modified last (Unix seconds): a search sorted by modification begins with it.
    /// </summary>
    public long Newest { get; set; }

    /// <summary>How many records more than it returns the service counts: its count is an upper bound.</summary>
    public long Excess { get; set; }

    /// <summary>So many records the user can see, for all that is known.</summary>
    public int Visible => Images.Count - Hidden.Count - Missing.Count;

    /// <summary>The known records that the user does not see.</summary>
    public IEnumerable<long> OutOfSight => Hidden.Keys.Concat(Missing);

    /// <summary>A record is seen.</summary>
    public void Found(long id)
    {
        Hidden.Remove(id);
        Missing.Remove(id);
    }
}
