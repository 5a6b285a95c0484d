using System.Runtime.CompilerServices;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Search;

/// <summary>
/// One reading of a result from its first record to its last, in windows of the date of creation where it is longer than the
/// service hands out.
/// </summary>
/// <param name="result">Is told what turns up.</param>
/// <param name="client">Sends the requests.</param>
/// <param name="source">Where to search.</param>
/// <param name="query">What to search for.</param>
/// <param name="pageSize">Records per request.</param>
/// <param name="wanted">The records that the consumer takes at most.</param>
internal sealed class SearchPass<T>(SearchResult<T> result, CopperClient client, SearchSource<T> source, SearchQuery query, int pageSize, long wanted)
    where T : class
{
    private readonly long _ceiling = client.SearchCeiling;
    private readonly long _writesBefore = client.Writes.Ended(source.Path);
    private readonly Prefetch _ahead = new(endIsKnown: query.First is not null);
    private CreationWindow _window = new(query.Descending && !result.IsReordered);
    private long _skip = query.Skip;
    private long _wanted = wanted;
    private long _came;
    private WindowEnd _end;

    private enum WindowEnd
    {
        /// <summary>All of it was read.</summary>
        Reached,

        /// <summary>The service hands out no more of it.</summary>
        CutOff,

        /// <summary>It was given up before its first record, for another order.</summary>
        GivenUp,
    }

    /// <summary>A record may have slipped from a page not yet read to one already read.</summary>
    public bool MayHaveShifted { get; private set; }

    private bool IsInOrderOfCreation => result.IsReordered || (query.SortBy ?? source.DefaultSort) == SearchQuery.CreationSort;

    private bool IsDescending => query.Descending && !result.IsReordered;

    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            await foreach (var record in ReadWindowAsync(cancellationToken).ConfigureAwait(false))
            {
                _wanted--;
                yield return record;
            }
        }
        while (_end == WindowEnd.GivenUp || (_end == WindowEnd.CutOff && await MoveOnAsync(cancellationToken).ConfigureAwait(false)));
    }

    private async IAsyncEnumerable<T> ReadWindowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is left out at the start is left out by place, in every pass alike: those records are not handed out, so the
        // consumer does not move them. Places that the service does not reach have to be counted off.
        var first = _window.IsNarrowed || (_skip >= _ceiling && source.SplitsByCreation) ? 1 : (_skip / pageSize) + 1;
        _skip -= (first - 1) * pageSize;
        var lastWanted = query.First is null ? long.MaxValue : first - 1 + PagesOf(Math.Min(_skip, _ceiling) + Math.Min(_wanted, _ceiling) + _window.Overlap);
        var pages = new PageQueue<T>(ReadPageAsync, first, cancellationToken);
        await using var _ = pages.ConfigureAwait(false);
        var lastKnown = first;
        for (var number = first; ; number++)
        {
            if (pages.IsLate)
            {
                // The consumer is idle as of now: what it will want next is asked for at once, not when this page has come.
                _ahead.OnConsumerBlocked();
                AskAhead();
            }

            var page = await pages.TakeAsync().ConfigureAwait(false);
            result.NotePage(_window.IsNarrowed ? null : page.Total);
            if (TrySwitchToCreationOrder(page))
            {
                yield break;
            }

            // One page is the result of one moment; so are several without a write that may have fallen between them.
            MayHaveShifted |= (number > first || _window.IsNarrowed) && page.WritesBegun != _writesBefore;
            var reached = number * pageSize;
            var isLast = page.Records.Count == 0 || IsLast(page, reached);
            lastKnown = Math.Min(LastKnown(page, number, isLast), lastWanted);
            AskAhead();
            var readBefore = result.RecordsRead;
            for (var i = 0; i < page.Records.Count; i++)
            {
                var isLeftOut = _skip > 0;
                if (ShouldYield(page.Records[i]))
                {
                    yield return page.Records[i]!;
                }
                else if (!isLeftOut && page.Unreadable is not null && page.Unreadable.TryGetValue(i, out var unreadable))
                {
                    result.NoteUnreadable(unreadable);
                }

                if (number > first && i == page.Records.Count / 2)
                {
                    _ahead.OnFirstPageConsumed();
                    AskAhead();
                }
            }

            if (page.Records.Count >= pageSize && result.RecordsRead == readBefore && GoesRoundInCircles(page, reached))
            {
                result.IsRepeating = true;
                _end = WindowEnd.Reached;
                yield break;
            }

            if (isLast || reached >= _ceiling)
            {
                _end = isLast ? WindowEnd.Reached : WindowEnd.CutOff;
                yield break;
            }

            void AskAhead()
            {
                // Pages of a result that is being changed would be out of date when their turn comes.
                if (client.Writes.Begun(source.Path) == _writesBefore)
                {
                    pages.AskThrough(Math.Min(number + _ahead.Pages, lastKnown));
                }
            }
        }
    }

    /// <summary>
    /// A full page has brought nothing new, and it was not the first one to do so in this pass: the service hands out the same
    /// records over and over, however long the circle is. A total that is not reached yet says that more records do follow.
    /// </summary>
    private bool GoesRoundInCircles(SearchPage<T> page, long reached) =>
        !(page.Total > reached) && _came >= result.RecordsRead + pageSize;

    /// <summary>The last page that surely exists. A full page without a bound has one that follows; nothing is known of those behind it.</summary>
    private long LastKnown(SearchPage<T> page, long number, bool isLast) =>
        isLast || page.Records.Count < pageSize ? number : page.Total is { } total ? PagesOf(Math.Min(total, _ceiling)) : number + 1;

    /// <summary>The record is to be handed out: it is one, has not come in the window before, and is not among those left out.</summary>
    private bool ShouldYield(T? record)
    {
        if (record is IDatedRecord dated && !_window.Admit(dated))
        {
            return false;
        }

        if (_skip > 0)
        {
            _skip--;
            return false;
        }

        _came++;
        return record is not null;
    }

    /// <summary>Of a result that is too long, all records can be had only in order of creation.</summary>
    private bool TrySwitchToCreationOrder(SearchPage<T> page)
    {
        if (!source.SplitsByCreation || IsInOrderOfCreation || !(page.Total > _ceiling) || query.First <= _ceiling - query.Skip)
        {
            return false;
        }

        result.IsReordered = true;
        _window = new CreationWindow(descending: false);
        _skip = query.Skip;
        _end = WindowEnd.GivenUp;
        return true;
    }

    private async Task<bool> MoveOnAsync(CancellationToken cancellationToken)
    {
        var isFirst = !_window.IsNarrowed;
        if (!source.SplitsByCreation || !IsInOrderOfCreation || !_window.TryAdvance(out var isComplete))
        {
            result.IsCut = true;
            return false;
        }

        result.IsCut |= !isComplete || (isFirst && await HasUndatedAsync(cancellationToken).ConfigureAwait(false));
        return true;
    }

    /// <summary>The result has records without a date of creation that have not come yet, and from now on will not: no bound of a date finds them.</summary>
    private async Task<bool> HasUndatedAsync(CancellationToken cancellationToken)
    {
        if (_window.HasUndated || query.Filter.Contains("minimum_created_date") || query.Filter.Contains("maximum_created_date"))
        {
            return false;
        }

        var filter = query.Filter.Copy();
        filter["minimum_created_date"] = 1;
        var dated = await client.SearchPageAsync(Request(filter, 1, 1), source.Item, 1, cancellationToken).ConfigureAwait(false);
        return dated.Total < result.UpperBound;
    }

    private bool IsLast(SearchPage<T> page, long reached)
    {
        var isFull = page.Records.Count >= pageSize;
        if (page.Total is not { } total)
        {
            return !isFull;
        }

        // A full page beyond the bound: the bound is wrong, so only a page that is not full ends the result.
        return reached >= total && !(isFull && reached > total);
    }

    private long PagesOf(long records) => (records / pageSize) + (records % pageSize == 0 ? 0 : 1);

    private async Task<SearchPage<T>> ReadPageAsync(long number, CancellationToken cancellationToken)
    {
        var page = await client.SearchPageAsync(Request(_window.Narrow(query.Filter), number, pageSize), source.Item, number, cancellationToken).ConfigureAwait(false);
        return new SearchPage<T>(page.Records, page.Total) { Unreadable = page.Unreadable, WritesBegun = client.Writes.Begun(source.Path) };
    }

    private CopperRequest Request(JsonBody body, long number, int size)
    {
        body["page_number"] = number;
        body["page_size"] = size;
        if ((result.IsReordered ? SearchQuery.CreationSort : query.SortBy ?? source.DefaultSort) is { } field)
        {
            body["sort_by"] = field;
            body["sort_direction"] = IsDescending ? "desc" : "asc";
        }

        return new CopperRequest(HttpMethod.Post, source.SearchPath, body);
    }
}
