using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// Several searches as one, in which every record comes once. With an order that was asked for, the searches begin together, and the
/// records come in that order over all of them: the service sorts each search, and the next record of the result is the first of those
/// that come next in a search. Without one, what the first search finds comes first, then what the second finds besides, and so on, and
/// a search begins when the one before it is read to its end.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class SearchUnion<T> : ISearchResult<T>
    where T : class, ICopperRecord
{
    private readonly IReadOnlyList<SearchResult<T>> _results;
    private readonly SearchQuery _query;
    private readonly Func<T, IComparable?>? _keyOf;

    /// <param name="results">The searches.</param>
    /// <param name="query">How much is wanted of the whole, and in which order.</param>
    /// <param name="keyOf">What the records are sorted by; null when no order was asked for, or records do not tell it.</param>
    internal SearchUnion(IReadOnlyList<SearchResult<T>> results, SearchQuery query, Func<T, IComparable?>? keyOf)
    {
        _results = results;
        _query = query;
        _keyOf = keyOf;
        IsSorted = keyOf is not null;
    }

    /// <summary>
    /// Every search begins before the first record comes, so that <see cref="UpperBound"/> counts all of them from then on: for who
    /// wants the total first.
    /// </summary>
    public bool CountsFirst { get; init; }

    /// <summary>
    /// The sum over all searches; null until all have been begun, or when the service does not state it. A record that several of them find
    /// counts in each.
    /// </summary>
    public long? UpperBound =>
        _results.All(static result => result.UpperBound is not null) ? _results.Sum(static result => result.UpperBound) : null;

    /// <inheritdoc/>
    public int PagesRead => _results.Sum(static result => result.PagesRead);

    /// <inheritdoc/>
    public IReadOnlyList<T?> Page { get; private set; } = [];

    /// <inheritdoc/>
    public long RecordsRead { get; private set; }

    /// <inheritdoc/>
    public bool IsCut => _results.Any(static result => result.IsCut);

    /// <inheritdoc/>
    public bool IsReordered => _results.Any(static result => result.IsReordered);

    /// <summary>
    /// The records come in the order of the query over all searches. False when the query names none, and where it cannot be kept: by a
    /// field that records do not tell, such as the name of a user, or with a search that <see cref="IsReordered"/>. Each search is sorted
    /// then, and they come one after the other.
    /// </summary>
    public bool IsSorted { get; private set; }

    /// <inheritdoc/>
    public bool IsRepeating => _results.Any(static result => result.IsRepeating);

    /// <inheritdoc/>
    public IReadOnlyList<CopperUnreadableRecordException> UnreadableRecords =>
        [.. _results.SelectMany(static result => result.UnreadableRecords)];

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (_query.First == 0)
        {
            yield break;
        }

        var seen = new HashSet<long>();
        var skip = _query.Skip;
        var left = _query.First ?? long.MaxValue;
        var searches = _results.Select(result => new Search(result, result.GetAsyncEnumerator(cancellationToken))).ToArray();
        try
        {
            if (CountsFirst || _keyOf is not null)
            {
                foreach (var search in searches)
                {
                    await search.BeginAsync().ConfigureAwait(false);
                }
            }

            IsSorted = _keyOf is not null && !IsReordered;
            await foreach (var search in (IsSorted ? InOrder(searches, _keyOf!) : OneAfterTheOther(searches)).ConfigureAwait(false))
            {
                if (!seen.Add(search.Current.Id) || skip-- > 0)
                {
                    continue;
                }

                RecordsRead++;
                Page = search.Page;
                yield return search.Current;
                if (--left == 0)
                {
                    yield break;
                }
            }
        }
        finally
        {
            foreach (var search in searches)
            {
                await search.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Each time a search that stands at a record: the searches in turn.</summary>
    private static async IAsyncEnumerable<Search> OneAfterTheOther(IEnumerable<Search> searches)
    {
        foreach (var search in searches)
        {
            while (await search.MoveNextAsync().ConfigureAwait(false))
            {
                yield return search;
            }
        }
    }

    /// <summary>Each time a search that stands at a record: the one whose record comes first of all that are next.</summary>
    private async IAsyncEnumerable<Search> InOrder(IEnumerable<Search> searches, Func<T, IComparable?> keyOf)
    {
        var open = new List<Search>();
        foreach (var search in searches)
        {
            if (await search.MoveNextAsync().ConfigureAwait(false))
            {
                search.Key = keyOf(search.Current);
                open.Add(search);
            }
        }

        var order = new Order(_query.Descending, open.Exists(search => search.HasNullsFirst(keyOf)));
        var wasNull = false;
        while (open.Count > 0)
        {
            var next = open[0];
            for (var i = 1; i < open.Count; i++)
            {
                next = order.Compare(open[i], next) < 0 ? open[i] : next;
            }

            // The first pages did not show that the service puts missing values first.
            IsSorted &= order.NullsFirst || next.Key is null || !wasNull;
            wasNull |= next.Key is null;
            yield return next;
            if (await next.MoveNextAsync().ConfigureAwait(false))
            {
                next.Key = keyOf(next.Current);
            }
            else
            {
                open.Remove(next);
            }
        }
    }

    /// <summary>
    /// The order of the service, which documents neither where missing values stand, nor how equal ones are sorted: the first is seen in
    /// the first pages, with last as what is expected; equal ones come by their ids.
    /// </summary>
    private sealed class Order(bool descending, bool nullsFirst)
    {
        public bool NullsFirst => nullsFirst;

        public int Compare(Search left, Search right)
        {
            var order = (left.Key, right.Key) switch
            {
                (null, null) => 0,
                (null, _) => nullsFirst ? -1 : 1,
                (_, null) => nullsFirst ? 1 : -1,
                (string a, string b) => InDirection(string.Compare(a, b, StringComparison.OrdinalIgnoreCase)),
                var (a, b) => InDirection(a.CompareTo(b)),
            };
            return order != 0 ? order : left.Current.Id.CompareTo(right.Current.Id);
        }

        private int InDirection(int order) => descending ? -Math.Sign(order) : order;
    }

    /// <summary>One of the searches, whose first record may be asked for before it is wanted.</summary>
    private sealed class Search(SearchResult<T> result, IAsyncEnumerator<T> records)
    {
        private bool? _first;

        public T Current => records.Current;

        public IReadOnlyList<T?> Page => result.Page;

        /// <summary>What the current record is sorted by, in a result that is sorted.</summary>
        public IComparable? Key { get; set; }

        /// <summary>In the first page, records without a value stand before those with one.</summary>
        public bool HasNullsFirst(Func<T, IComparable?> keyOf) =>
            Key is null && Page.Any(record => record is not null && keyOf(record) is not null);

        public async Task BeginAsync() => _first = await records.MoveNextAsync().ConfigureAwait(false);

        public async Task<bool> MoveNextAsync()
        {
            if (_first is { } first)
            {
                _first = null;
                return first;
            }

            return await records.MoveNextAsync().ConfigureAwait(false);
        }

        public ValueTask DisposeAsync() => records.DisposeAsync();
    }
}
