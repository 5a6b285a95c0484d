using System.Runtime.CompilerServices;
using Copper.Client.Http;

namespace Copper.Client.Crm.Search;

/// <summary>
/// The result of a search, read page by page as it is consumed. Every record comes once: one that a shifting page brings
/// again is left out, and when the same client changed records of this kind meanwhile, so that some may have slipped to a
/// page already read, the result is read again until nothing new turns up.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <remarks>
/// X-PW-TOTAL is an upper bound, may change from page to page and may be missing; a page may be short although more follow.
/// Only the first 100,000 records of a result can be reached (developer.copper.com/people/list-people-search).
/// </remarks>
public sealed class SearchResult<T> : IAsyncEnumerable<T>
    where T : class
{
    /// <summary>The number of records of one result that the service hands out.</summary>
    public const long Ceiling = 100_000;

    private readonly CopperClient _client;
    private readonly SearchSource<T> _source;
    private readonly SearchQuery _query;
    private readonly int _pageSize;

    internal SearchResult(CopperClient client, SearchSource<T> source, SearchQuery query)
    {
        _client = client;
        _source = source;
        _query = query;

        // Few records are asked for in a page of their own size; page numbers of a longer read need one size throughout.
        _pageSize = query is { First: > 0, Skip: 0 } && query.First < query.PageSize ? (int)query.First : query.PageSize;
    }

    /// <summary>The service's latest word on how many records there are at most; null before the first page, or when it does not say.</summary>
    public long? UpperBound { get; private set; }

    /// <summary>The pages asked for so far.</summary>
    public int PagesRead { get; private set; }

    /// <summary>The records handed out so far.</summary>
    public long RecordsRead { get; private set; }

    /// <summary>The service has more records than it hands out for one search.</summary>
    public bool IsCut { get; private set; }

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<(long Id, long Row)>();
        var left = _query.First ?? long.MaxValue;
        var isNew = left > 0;
        while (isNew)
        {
            isNew = false;
            var writes = _client.WritesTo(_source.Path);
            await foreach (var record in ReadOnceAsync(cancellationToken).ConfigureAwait(false))
            {
                if (_source.IdentityOf(record) is { } identity && !seen.Add(identity))
                {
                    continue;
                }

                isNew = true;
                RecordsRead++;
                yield return record;
                if (--left == 0)
                {
                    yield break;
                }
            }

            if (writes == _client.WritesTo(_source.Path))
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<T> ReadOnceAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is left out at the start is left out by place, in every pass alike: those records are not handed out, so the
        // consumer does not move them.
        var skip = (int)(_query.Skip % _pageSize);
        for (var number = (_query.Skip / _pageSize) + 1; ; number++)
        {
            var page = await ReadPageAsync(number, cancellationToken).ConfigureAwait(false);
            for (var i = skip; i < page.Records.Count; i++)
            {
                if (page.Records[i] is { } record)
                {
                    yield return record;
                }
            }

            skip = 0;
            var reached = number * _pageSize;
            if (page.Records.Count == 0 || IsLast(page, reached))
            {
                yield break;
            }

            if (reached >= Ceiling)
            {
                IsCut = true;
                yield break;
            }
        }
    }

    private bool IsLast(SearchPage<T> page, long reached)
    {
        var isFull = page.Records.Count >= _pageSize;
        if (page.Total is not { } total)
        {
            return !isFull;
        }

        // A full page beyond the bound: the bound is wrong, so only a page that is not full ends the result.
        return reached >= total && !(isFull && reached > total);
    }

    private async Task<SearchPage<T>> ReadPageAsync(long number, CancellationToken cancellationToken)
    {
        var body = _query.Filter.Copy();
        body["page_number"] = number;
        body["page_size"] = _pageSize;
        if ((_query.SortBy ?? _source.DefaultSort) is { } field)
        {
            body["sort_by"] = field;
            body["sort_direction"] = _query.Descending ? "desc" : "asc";
        }

        var page = await _client.SearchPageAsync(new CopperRequest(HttpMethod.Post, _source.SearchPath, body), _source.List, cancellationToken).ConfigureAwait(false);
        PagesRead++;
        UpperBound = page.Total ?? UpperBound;
        return page;
    }
}
