using System.Runtime.CompilerServices;
using Copper.Client.Http;

namespace Copper.Client.Crm.Search;

/// <summary>
/// The result of a search, read page by page as it is consumed, and a little ahead once the consumer goes on. Every record comes once: one that a shifting page brings
/// again is left out, and when the same client changed records of this kind between its first page and its last, so that
/// some may have slipped to a page already read, the result is read again until nothing new turns up.
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

    /// <summary>The pages read so far.</summary>
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
        var goesOn = left > 0;
        for (var pass = new Pass { Wanted = left }; goesOn; pass = new Pass { IsRepetition = true, Wanted = left })
        {
            var isNew = false;
            await foreach (var record in ReadOnceAsync(pass, cancellationToken).ConfigureAwait(false))
            {
                // What has no id cannot be told from what has come before.
                if (_source.IdentityOf(record) is { } identity ? !seen.Add(identity) : pass.IsRepetition)
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

            goesOn = isNew && pass.MayHaveShifted;
        }
    }

    private async IAsyncEnumerable<T> ReadOnceAsync(Pass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is left out at the start is left out by place, in every pass alike: those records are not handed out, so the
        // consumer does not move them.
        var skip = (int)(_query.Skip % _pageSize);
        var first = (_query.Skip / _pageSize) + 1;
        var writesBefore = _client.Writes.Ended(_source.Path);
        var lastWanted = _query.First is null ? long.MaxValue : first - 1 + PagesOf(skip + Math.Min(pass.Wanted, Ceiling));
        var ahead = new ReadAhead(endIsKnown: _query.First is not null);
        var pages = new PageQueue<T>(ReadPageAsync, first, cancellationToken);
        await using var _ = pages.ConfigureAwait(false);
        IsCut = false;
        for (var number = first; ; number++)
        {
            var page = await TakeAsync(pages, ahead).ConfigureAwait(false);

            // One page is the result of one moment; so are several without a write that may have fallen between them.
            pass.MayHaveShifted |= number > first && page.WritesBegun != writesBefore;
            var reached = number * _pageSize;
            var isLast = page.Records.Count == 0 || IsLast(page, reached);
            AskAhead();
            for (var i = skip; i < page.Records.Count; i++)
            {
                if (page.Records[i] is { } record)
                {
                    yield return record;
                }

                if (number > first && i == page.Records.Count / 2)
                {
                    ahead.ConsumerGoesOn();
                    AskAhead();
                }
            }

            skip = 0;
            if (isLast)
            {
                yield break;
            }

            if (reached >= Ceiling)
            {
                IsCut = true;
                yield break;
            }

            void AskAhead()
            {
                // Pages of a result that is being changed would be out of date when their turn comes.
                if (!isLast && page.Records.Count >= _pageSize && _client.Writes.Begun(_source.Path) == writesBefore)
                {
                    // A full page without a bound has one that follows, for certain; nothing is known of those behind it.
                    var last = page.Total is { } total ? PagesOf(Math.Min(total, Ceiling)) : number + 1;
                    pages.AskThrough(Math.Min(number + ahead.Pages, Math.Min(last, lastWanted)));
                }
            }
        }
    }

    private async Task<SearchPage<T>> TakeAsync(PageQueue<T> pages, ReadAhead ahead)
    {
        if (pages.IsLate)
        {
            ahead.ConsumerWaited();
        }

        var page = await pages.TakeAsync().ConfigureAwait(false);
        PagesRead++;
        UpperBound = page.Total ?? UpperBound;
        return page;
    }

    private long PagesOf(long records) => (records / _pageSize) + (records % _pageSize == 0 ? 0 : 1);

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
        return new SearchPage<T>(page.Records, page.Total) { WritesBegun = _client.Writes.Begun(_source.Path) };
    }

    /// <summary>One reading of the result from its first page to its last.</summary>
    private sealed class Pass
    {
        public bool IsRepetition { get; init; }

        /// <summary>The records that the consumer still takes.</summary>
        public long Wanted { get; init; }

        /// <summary>A record may have slipped from a page not yet read to one already read.</summary>
        public bool MayHaveShifted { get; set; }
    }
}
