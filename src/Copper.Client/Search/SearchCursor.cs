using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// The position of one reading of a result from its first record to its last, in windows of the date of creation where it is longer
/// than the service returns: which page to request next, which record comes next, and where it ends. It sends nothing itself.
/// </summary>
/// <param name="source">Where to search.</param>
/// <param name="query">What to search for.</param>
/// <param name="pageSize">Records per request.</param>
/// <param name="wanted">The records that the consumer takes at most.</param>
/// <param name="readsAll">The consumer takes all records.</param>
/// <param name="mutations">The requests that may shift pages.</param>
/// <param name="isReordered">The records come in order of creation and not as was asked.</param>
internal sealed class SearchCursor<T>(
    SearchSource<T> source, SearchQuery query, int pageSize, long wanted, bool readsAll, MutationTracker mutations, bool isReordered)
    where T : class
{
    /// <summary>The most records that one request changes: those of a bulk request.</summary>
    private const int MostRecordsPerRequest = 10;

    private readonly long _ceiling = source.Ceiling;
    private readonly long _mutationsBefore = mutations.Ended(source.Path);
    private readonly Prefetch _prefetch = new(endIsKnown: query.First is not null || readsAll);
    private CreationWindow _window = new(query.Descending && !isReordered);
    private long _skip = query.Skip;
    private long _wanted = wanted;
    private long _due;
    private long? _firstTotal;

    // Of the window: the first page, the page that is consumed or waited for, the next to request, the last that is wanted or known.
    private long _firstPage;
    private long _pageNumber;
    private long _nextRequest;
    private long _lastWanted;
    private long _lastKnown;

    private SearchPage<T>? _page;
    private int _index;
    private long _recordsBeforePage;

    /// <summary>A record may have slipped from a page not yet read to one already read.</summary>
    public bool MayHaveShifted { get; private set; }

    /// <summary>The records come in order of creation and not as was asked: more than the service returns can be had only so.</summary>
    public bool IsReordered { get; private set; } = isReordered;

    /// <summary>The service returned full pages without anything new.</summary>
    public bool IsRepeating { get; private set; }

    /// <summary>The window begins later than the result.</summary>
    public bool IsNarrowed => _window.IsNarrowed;

    /// <summary>A page has items that were not taken yet.</summary>
    public bool HasItem => _page is not null && _index < _page.Records.Count;

    /// <summary>How the window ended; <see cref="WindowEnd.None"/> while it is read.</summary>
    public WindowEnd End { get; private set; }

    private bool IsInOrderOfCreation => IsReordered || (query.SortBy ?? source.DefaultSort) == SearchQuery.CreationSort;

    private bool IsDescending => query.Descending && !IsReordered;

    /// <summary>Begins the first window, or the one that follows the last.</summary>
    public void BeginWindow()
    {
        // What is left out at the start is left out by place, in every pass alike: those records are not returned, so the consumer does
        // not move them. Places that the service does not reach have to be counted off.
        _firstPage = _window.IsNarrowed || (_skip >= _ceiling && source.SplitsByCreation) ? 1 : (_skip / pageSize) + 1;
        _skip -= (_firstPage - 1) * pageSize;
        _lastWanted = query.First is null
            ? long.MaxValue
            : _firstPage - 1 + PagesOf(Math.Min(_skip, _ceiling) + Math.Min(_wanted, _ceiling) + _window.Overlap);
        _lastKnown = _pageNumber = _nextRequest = _firstPage;
        _page = null;
        _firstTotal = null;
        End = WindowEnd.None;
    }

    /// <summary>The consumer has to wait for a page that was requested ahead.</summary>
    public void OnConsumerBlocked()
    {
        // The first two pages are requested when they are needed: a consumer that waits for them tells nothing yet.
        if (_pageNumber > _firstPage + 1)
        {
            _prefetch.OnConsumerBlocked();
        }
    }

    /// <summary>The consumer comes back for a page, and so many requested ahead are here, with none in flight.</summary>
    public void OnPagesInStore(int pages)
    {
        if (pages >= _prefetch.Pages)
        {
            _prefetch.OnConsumerSlow();
        }
    }

    /// <summary>
    /// The number of the next page to request now: the one that the consumer waits for, or one ahead. Pages of a result that is being
    /// changed would be out of date when their turn comes, so none of those is requested ahead.
    /// </summary>
    public bool TryRequestNext(out long number)
    {
        number = _nextRequest;
        var isNeeded = !HasItem && number == _pageNumber;
        if (End != WindowEnd.None
            || !(isNeeded
                || (number > _firstPage
                    && number <= Math.Min(_pageNumber + _prefetch.Pages, _lastKnown)
                    && mutations.Begun(source.Path) == _mutationsBefore)))
        {
            return false;
        }

        _nextRequest++;
        return true;
    }

    /// <summary>The request for a page of the window.</summary>
    public CopperRequest PageRequest(long number) => Request(_window.Narrow(query.Filter), number, pageSize);

    /// <summary>
    /// After the first window was cut off: a request for one dated record, whose total tells how many records have a date. Null when it
    /// tells nothing: records without a date of creation came, or the search has bounds of its own.
    /// </summary>
    public CopperRequest? DatedCountRequest()
    {
        if (_window.IsNarrowed || _window.HasUndated
            || query.Filter.Contains("minimum_created_date") || query.Filter.Contains("maximum_created_date"))
        {
            return null;
        }

        var filter = query.Filter.Copy();
        filter["minimum_created_date"] = 1;
        return Request(filter, 1, 1);
    }

    /// <summary>Goes on after a window that was cut off; false when there is no way to go on.</summary>
    /// <param name="isComplete">No record between the two windows is lost.</param>
    public bool TryAdvanceWindow(out bool isComplete)
    {
        isComplete = false;
        return source.SplitsByCreation && IsInOrderOfCreation && _window.TryAdvance(out isComplete);
    }

    /// <summary>The page that was waited for has come.</summary>
    /// <param name="page">The page.</param>
    /// <param name="recordsReturned">The records that the consumer has had so far, of all passes.</param>
    public void Accept(SearchPage<T> page, long recordsReturned)
    {
        if (TrySwitchToCreationOrder(page))
        {
            return;
        }

        // One page is the result of one moment; so are several without a mutation that may have fallen between them.
        MayHaveShifted |= (_pageNumber > _firstPage || _window.IsNarrowed) && page.MutationsBegun != _mutationsBefore;
        _page = page;
        _firstTotal ??= page.Total;
        _index = 0;
        _recordsBeforePage = recordsReturned;
        _lastKnown = Math.Min(LastKnown(page), _lastWanted);
        EndPageIfConsumed(recordsReturned);
    }

    /// <summary>Takes the next item of the page.</summary>
    /// <param name="unreadable">Why the item is no record, where one is due in its place; null otherwise.</param>
    /// <returns>The record that is due; null when there is none in this place, or it is not due.</returns>
    public T? Take(out CopperUnreadableRecordException? unreadable)
    {
        var record = _page!.Records[_index++];
        var isSkipped = _skip > 0;
        var isDue = IsDue(record);
        unreadable = isDue || isSkipped || _page.Unreadable.Count == 0
            ? null
            : _page.Unreadable.FirstOrDefault(item => item.Place == _index);
        _wanted -= isDue ? 1 : 0;
        return isDue ? record : null;
    }

    /// <summary>The consumer has come back for more after an item.</summary>
    /// <param name="recordsReturned">The records that the consumer has had so far, of all passes.</param>
    public void OnItemConsumed(long recordsReturned)
    {
        EndPageIfConsumed(recordsReturned);
    }

    private void EndPageIfConsumed(long recordsReturned)
    {
        if (HasItem)
        {
            return;
        }

        var page = _page!;
        var reached = _pageNumber * pageSize;
        if (page.Records.Count >= pageSize && recordsReturned == _recordsBeforePage && GoesRoundInCircles(page, reached, recordsReturned))
        {
            IsRepeating = true;
            End = WindowEnd.Reached;
        }
        else if (IsLast(page))
        {
            End = WindowEnd.Reached;
        }
        else if (reached >= _ceiling)
        {
            End = WindowEnd.CutOff;
        }
        else
        {
            _prefetch.OnFirstPageConsumed();
            _pageNumber++;
            _page = null;
        }
    }

    /// <summary>
    /// A full page has brought nothing new, and it was not the first one to do so in this pass: the service returns the same records over
    /// and over, however long the circle is, and whatever its total is. Only records that came in front of those that were read push these
    /// to later pages: as many of them as the total has grown by, or as changes of this client may have moved, are expected there once
    /// more.
    /// </summary>
    private bool GoesRoundInCircles(SearchPage<T> page, long reached, long recordsReturned)
    {
        var again = _due - recordsReturned;
        if (!(page.Total > reached))
        {
            return again >= pageSize;
        }

        // Items that are no records are new each time, for all that is known of them.
        var moved = Math.Max(0, page.Total.Value - (_firstTotal ?? 0))
            + ((page.MutationsBegun - _mutationsBefore) * MostRecordsPerRequest);
        return again >= pageSize + moved && page.Unreadable.Count == 0 && page.Records.All(static record => record is not null);
    }

    /// <summary>
    /// The last page that surely exists. A full page without a bound has one that follows; nothing is known of those behind it.
    /// </summary>
    private long LastKnown(SearchPage<T> page) =>
        IsLast(page) || page.Records.Count < pageSize ? _pageNumber
        : page.Total is { } total ? PagesOf(Math.Min(total, _ceiling))
        : _pageNumber + 1;

    private bool IsLast(SearchPage<T> page)
    {
        if (page.Records.Count == 0)
        {
            return true;
        }

        var reached = _pageNumber * pageSize;
        var isFull = page.Records.Count >= pageSize;
        if (page.Total is not { } total)
        {
            return !isFull;
        }

        // A full page beyond the bound: the bound is wrong, so only a page that is not full ends the result.
        return reached >= total && !(isFull && reached > total);
    }

    /// <summary>The record is to be returned: it is one, has not come in the window before, and is not among those left out.</summary>
    private bool IsDue(T? record)
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

        _due++;
        return record is not null;
    }

    /// <summary>Of a result that is too long, all records can be had only in order of creation.</summary>
    private bool TrySwitchToCreationOrder(SearchPage<T> page)
    {
        if (!source.SplitsByCreation || IsInOrderOfCreation || !(page.Total > _ceiling) || query.First <= _ceiling - query.Skip)
        {
            return false;
        }

        IsReordered = true;
        _window = new CreationWindow(descending: false);
        _skip = query.Skip;
        End = WindowEnd.Restarted;
        return true;
    }

    private long PagesOf(long records) => (records / pageSize) + (records % pageSize == 0 ? 0 : 1);

    private CopperRequest Request(JsonBody body, long number, int size)
    {
        body["page_number"] = number;
        body["page_size"] = size;
        if ((IsReordered ? SearchQuery.CreationSort : query.SortBy ?? source.DefaultSort) is { } field)
        {
            body["sort_by"] = field;
            body["sort_direction"] = IsDescending ? "desc" : "asc";
        }

        return CopperRequest.Read(source.SearchPath, body);
    }
}
