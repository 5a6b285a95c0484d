namespace Copper.Client;

/// <summary>The records that a search finds, read page by page as they are consumed.</summary>
/// <typeparam name="T">The model.</typeparam>
public interface ISearchResult<T> : IAsyncEnumerable<T>
    where T : class
{
    /// <summary>How many records there are at most, as far as is known by now; null when the service does not state it.</summary>
    long? UpperBound { get; }

    /// <summary>The pages read so far.</summary>
    int PagesRead { get; }

    /// <summary>
    /// The page that the latest record came from, so that what its records have in common can be looked up at once; null in place of
    /// what cannot be read.
    /// </summary>
    IReadOnlyList<T?> Page { get; }

    /// <summary>The records returned so far.</summary>
    long RecordsRead { get; }

    /// <summary>The service has more records than could be read.</summary>
    bool IsCut { get; }

    /// <summary>The records come in order of creation and not as was asked.</summary>
    bool IsReordered { get; }

    /// <summary>The search ended because the service returned full pages without anything new.</summary>
    bool IsRepeating { get; }

    /// <summary>The items read so far that cannot be read as records, and are left out.</summary>
    IReadOnlyList<CopperUnreadableRecordException> UnreadableRecords { get; }
}
