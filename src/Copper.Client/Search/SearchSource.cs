namespace Copper.Client;

/// <summary>Where a search goes and how its records are told apart.</summary>
/// <param name="Path">The word under which changes of these records are counted, for example people.</param>
/// <param name="SearchPath">Where to post the search.</param>
/// <param name="DefaultSort">The order when none is asked for; null for none.</param>
/// <param name="IdentityOf">
/// A record's id and, where one id has several rows, the row; null for one that has no id and is returned each time it comes.
/// </param>
internal sealed record SearchSource<T>(string Path, string SearchPath, string? DefaultSort, Func<T, (long Id, long Row)?> IdentityOf)
    where T : class
{
    /// <summary>
    /// The records have a date of creation that the search can filter and sort by, so that a result beyond the service's reach can be
    /// read in windows.
    /// </summary>
    public bool SplitsByCreation { get; init; }

    /// <summary>The number of records of one result that the service returns.</summary>
    public long Ceiling { get; init; } = SearchResult<T>.Ceiling;
}
