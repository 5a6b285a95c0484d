using System.Text.Json.Serialization.Metadata;

namespace Copper.Client.Search;

/// <summary>Where a search goes and what its pages hold.</summary>
/// <param name="Path">The word under which changes of these records are noted, for example people.</param>
/// <param name="SearchPath">Where to post the search.</param>
/// <param name="Item">How a record is read.</param>
/// <param name="DefaultSort">The order when none is asked for; null for none.</param>
/// <param name="IdentityOf">Tells records apart, by their id and, where one id has several rows, the row; null for one that has no id and is handed out each time it comes.</param>
internal sealed record SearchSource<T>(string Path, string SearchPath, JsonTypeInfo<T> Item, string? DefaultSort, Func<T, (long Id, long Row)?> IdentityOf)
    where T : class
{
    /// <summary>The records have a date of creation that the search can filter and sort by, so that a result beyond the service's reach can be read in windows.</summary>
    public bool SplitsByCreation { get; init; }
}
