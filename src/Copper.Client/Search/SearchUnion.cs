using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// Several searches as one: what the first finds, then what the second finds besides, and so on. Every record comes once. A search
/// begins when the one before it is read to its end.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class SearchUnion<T> : ISearchResult<T>
    where T : class, ICopperRecord
{
    private readonly IReadOnlyList<SearchResult<T>> _results;
    private readonly SearchQuery _query;

    internal SearchUnion(IReadOnlyList<SearchResult<T>> results, SearchQuery query)
    {
        _results = results;
        _query = query;
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
            if (CountsFirst)
            {
                foreach (var search in searches)
                {
                    await search.BeginAsync().ConfigureAwait(false);
                }
            }

            foreach (var search in searches)
            {
                while (await search.MoveNextAsync().ConfigureAwait(false))
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
        }
        finally
        {
            foreach (var search in searches)
            {
                await search.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>One of the searches, whose first record may be asked for before it is wanted.</summary>
    private sealed class Search(SearchResult<T> result, IAsyncEnumerator<T> records)
    {
        private bool? _first;

        public T Current => records.Current;

        public IReadOnlyList<T?> Page => result.Page;

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
