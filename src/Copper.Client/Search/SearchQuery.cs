using System.Collections;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// What to search for, in which order, and how much of it. <c>PersonSearch</c> and the like have typed criteria.
/// </summary>
public class SearchQuery
{
    /// <summary>In a criterion of ids, records that have none: AssigneeIds = [SearchQuery.None] finds records without an owner.</summary>
    public const long None = -2;

    /// <summary>The most records that a page can hold.</summary>
    public const int LargestPage = 200;

    /// <summary>The field of the date of creation, by which a search can be narrowed and sorted.</summary>
    internal const string CreationSort = "date_created";

    private static readonly string[] Reserved = ["page_number", "page_size", "sort_by", "sort_direction"];

    /// <summary>
    /// The criteria in the API's own words; all must hold. Empty for everything. A list of values must not be empty: the service would
    /// take it for everything too, and the search throws an <see cref="ArgumentException"/> instead.
    /// </summary>
    public virtual JsonBody Filter { get; init; } = [];

    /// <summary>
    /// The field to sort by, for example name or date_modified; null for the entity's default. The fields that are known are in
    /// <c>client.People.Entity.SortFields</c>.
    /// </summary>
    public string? SortBy { get; set; }

    /// <summary>Last first.</summary>
    public bool Descending { get; set; }

    /// <summary>Records per request, 1 to 200.</summary>
    public int PageSize { get; set; } = LargestPage;

    /// <summary>At most so many records; null for all.</summary>
    public long? First { get; set; }

    /// <summary>
    /// The result is read to its end, which <see cref="SearchResult{T}.ToListAsync"/> does: pages are requested ahead as soon as the
    /// first has come. Otherwise that begins with the third, because a reader that stops early should cost at most one request in vain.
    /// </summary>
    public bool ReadsAll { get; set; }

    /// <summary>So many records are left out at the start.</summary>
    public long Skip { get; set; }

    /// <summary>The only kind of record that the criteria are for, by its path; null where they may be for any.</summary>
    internal virtual string? Plural => null;

    /// <summary>The fields by which the service is known to sort; null where any word is taken as it is.</summary>
    internal virtual IReadOnlyList<string>? KnownSortFields => null;

    /// <summary>The same query with all criteria as they are sent.</summary>
    internal virtual Task<SearchQuery> CompleteAsync(IAccountNames account, CancellationToken cancellationToken) => Task.FromResult(this);

    /// <summary>The same order and amount with other criteria.</summary>
    private protected SearchQuery With(JsonBody filter) => new()
    {
        Filter = filter,
        SortBy = SortBy,
        Descending = Descending,
        PageSize = PageSize,
        First = First,
        ReadsAll = ReadsAll,
        Skip = Skip,
    };

    /// <param name="plural">What is searched for.</param>
    /// <param name="isSortable">The service sorts such a search.</param>
    internal void Check(string plural, bool isSortable)
    {
        if (Plural is not null && Plural != plural)
        {
            throw new ArgumentException($"A {GetType().Name} searches for {Plural}, not for {plural}.");
        }

        if (SortBy is not null && !isSortable)
        {
            throw new ArgumentException($"A search for {plural} cannot be sorted.");
        }

        if (SortBy is not null && KnownSortFields is { } known && !known.Contains(SortBy))
        {
            throw new ArgumentException(
                $"'{SortBy}' is no value of {GetType().Name}.{nameof(SortBy)}. There are: {string.Join(", ", known)}. "
                    + $"A {nameof(SearchQuery)} takes any word, for one that the service has added.");
        }

        CheckLists(plural);
        Check();
    }

    /// <summary>How messages write a criterion.</summary>
    /// <param name="member">Its name in <see cref="Filter"/>.</param>
    internal virtual string NameOf(string member) => $"{GetType().Name}.{nameof(Filter)}[\"{member}\"]";

    /// <summary>The criteria that are lists of values, as they were given.</summary>
    internal virtual IEnumerable<KeyValuePair<string, object?>> Lists => Filter;

    /// <summary>The service takes an empty list for no criterion at all: it would find every record.</summary>
    private void CheckLists(string plural)
    {
        foreach (var criterion in Lists)
        {
            if (criterion.Value is ICollection { Count: 0 } or IReadOnlyCollection<long> { Count: 0 }
                or IReadOnlyCollection<string> { Count: 0 })
            {
                throw new ArgumentException(
                    $"{NameOf(criterion.Key)} has no values: leave it {ErrorWords.Current.Null} for all {plural.Replace('_', ' ')}.");
            }
        }
    }

    internal void Check()
    {
        JsonValueWriter.CheckText("sort_by", SortBy);
        if (PageSize is < 1 or > LargestPage)
        {
            throw new ArgumentException($"A page holds 1 to {LargestPage} records, not {PageSize}.");
        }

        if (First < 0 || Skip < 0)
        {
            throw new ArgumentException("First and Skip must not be negative.");
        }

        if (Reserved.FirstOrDefault(Filter.Contains) is { } name)
        {
            throw new ArgumentException($"'{name}' is no filter: page and order are set on their own.");
        }
    }
}
