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

    /// <summary>
    /// Who has compared all records last, with what the service says of the user: who has other rights now cannot tell what is deleted.
    /// Null before the first run.
    /// </summary>
    public string? SeenBy { get; set; }

    /// <summary>Up to when changes were read, by the service's clock; null before the first run.</summary>
    public DateTimeOffset? ReadUntil { get; set; }
}
