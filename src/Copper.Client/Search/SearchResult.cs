using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// The result of a search, read page by page as it is consumed, and a little ahead once the consumer goes on. Every record comes once:
/// one that a shifting page brings again is left out, and when the same client changed records of this kind between its first page and
/// its last, so that some may have slipped to a page already read, the result is read again until nothing new turns up.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <remarks>
/// X-PW-TOTAL is an upper bound, may change from page to page and may be missing; a page may be short although more follow.
/// Only the first 100,000 records of a result can be reached (developer.copper.com/people/list-people-search); what lies beyond
/// is searched for by its date of creation.
/// </remarks>
public class SearchResult<T> : ISearchResult<T>
    where T : class
{
    /// <summary>The number of records of one result that the service returns.</summary>
    public const long Ceiling = 100_000;

    private readonly RequestPipeline _requests;
    private readonly SearchSource<T> _source;
    private readonly SearchQuery _query;
    private readonly IAccountNames? _account;
    private readonly int _pageSize;
    private readonly List<CopperUnreadableRecordException> _unreadable = [];
    private bool _readsAll;
    private bool _readsOne;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it; see also <see cref="SearchResults.Of"/>.</summary>
    protected SearchResult()
    {
    }
#pragma warning restore CS8618

    /// <param name="requests">Sends the requests.</param>
    /// <param name="source">Where the search goes.</param>
    /// <param name="query">What is searched for.</param>
    /// <param name="account">Completes the criteria when the search begins; null where they are complete.</param>
    internal SearchResult(RequestPipeline requests, SearchSource<T> source, SearchQuery query, IAccountNames? account = null)
    {
        _account = account;
        _requests = requests;
        _source = source;
        _query = query;

        // Few records are requested in a page of their own size; page numbers of a longer read need one size throughout.
        _pageSize = query is { First: > 0, Skip: 0 } && query.First < query.PageSize ? (int)query.First : query.PageSize;
    }

    /// <summary>
    /// How many records there are at most, as the latest page states; null before the first page, or when the service does not state it.
    /// </summary>
    public virtual long? UpperBound { get; private set; }

    /// <summary>The pages read so far.</summary>
    public virtual int PagesRead { get; private set; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<T?> Page { get; private set; } = [];

    /// <summary>The records returned so far.</summary>
    public virtual long RecordsRead { get; private set; }

    /// <summary>
    /// The service has more records than could be read: it returns no more for one search, and their dates of creation do not help.
    /// </summary>
    public virtual bool IsCut { get; private set; }

    /// <summary>
    /// The records come in order of creation and not as was asked: more than <see cref="Ceiling"/> can be had only so.
    /// </summary>
    public virtual bool IsReordered { get; private set; }

    /// <summary>
    /// The search ended because the service returned full pages without anything new: it ignores the page number, and would go on for
    /// ever. There may be records that could not be read.
    /// </summary>
    public virtual bool IsRepeating { get; private set; }

    /// <summary>
    /// The items of the pages so far that cannot be read as records. Each is left out, takes the place of a record in its page and
    /// for <see cref="SearchQuery.Skip"/>, and is added here before the record that follows it is returned.
    /// </summary>
    public virtual IReadOnlyList<CopperUnreadableRecordException> UnreadableRecords => _unreadable;

    /// <summary>Reads the result to its end, as <see cref="SearchQuery.ReadsAll"/> does: faster than to enumerate it.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>All records, in the order of the search.</returns>
    public virtual async Task<List<T>> ToListAsync(CancellationToken cancellationToken = default)
    {
        _readsAll = true;
        var records = new List<T>();
        await foreach (var record in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            records.Add(record);
        }

        return records;
    }

    /// <summary>Reads the first record, in a request for no more than that.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The first record in the order of the search; null when nothing is found.</returns>
    public virtual async Task<T?> FirstOrDefaultAsync(CancellationToken cancellationToken = default)
    {
        _readsOne = true;
        try
        {
            await foreach (var record in this.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                return record;
            }

            return null;
        }
        finally
        {
            _readsOne = false;
        }
    }

    /// <inheritdoc/>
    public virtual async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var query = _account is null ? _query : await _query.CompleteAsync(_account, cancellationToken).ConfigureAwait(false);
        var emitted = new EmittedIdSet();
        var readsOne = _readsOne;
        var remaining = readsOne ? Math.Min(1, query.First ?? 1) : query.First ?? long.MaxValue;
        var pageSize = readsOne && query.Skip == 0 ? 1 : _pageSize;
        var goesOn = remaining > 0;
        for (var isRepeat = false; goesOn; isRepeat = true)
        {
            var hasNew = false;
            var cursor = new SearchCursor<T>(
                _source, query, pageSize, remaining, !readsOne && (query.ReadsAll || _readsAll), _requests.Mutations, IsReordered);
            IsCut = false;
            IsRepeating = false;
            do
            {
                cursor.BeginWindow();
                var pages = new PendingPages<T>(cancellationToken);
                await using var _ = pages.ConfigureAwait(false);
                while (cursor.End == WindowEnd.None)
                {
                    if (!cursor.HasItem && pages.IsLate)
                    {
                        // The consumer is idle as of now: what it will want next is requested at once, not when this page has come.
                        cursor.OnConsumerBlocked();
                    }
                    else if (!cursor.HasItem)
                    {
                        cursor.OnPagesInStore(pages.CountInStore);
                    }

                    while (cursor.TryRequestNext(out var number))
                    {
                        var request = cursor.PageRequest(number);
                        pages.Add(_requests.SendAsync(request, response => ReadPage(request, response, number), pages.Ending));
                    }

                    if (!cursor.HasItem)
                    {
                        var page = await pages.TakeAsync().ConfigureAwait(false);
                        PagesRead++;
                        Page = page.Records;
                        if (_account is not null)
                        {
                            await _account.LoadNamesAsync(page.Records.OfType<ICopperRecord>(), cancellationToken).ConfigureAwait(false);
                        }

                        UpperBound = cursor.IsNarrowed ? UpperBound : page.Total ?? UpperBound;
                        cursor.Accept(page, RecordsRead);
                        IsReordered = cursor.IsReordered;
                        continue;
                    }

                    var record = cursor.Take(out var unreadable);
                    if (unreadable is not null)
                    {
                        Report(unreadable, isRepeat);
                    }

                    // What has no id cannot be told from what has come before.
                    if (record is not null && (_source.IdentityOf(record) is { } identity ? emitted.Add(identity) : !isRepeat))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        hasNew = true;
                        RecordsRead++;
                        yield return record;
                        if (--remaining == 0)
                        {
                            yield break;
                        }
                    }

                    cursor.OnItemConsumed(RecordsRead);
                }

                IsRepeating = cursor.IsRepeating;
                if (cursor.End == WindowEnd.CutOff)
                {
                    var datedCount = cursor.DatedCountRequest();
                    if (!cursor.TryAdvanceWindow(out var isComplete))
                    {
                        IsCut = true;
                        break;
                    }

                    // Records without a date of creation that have not come yet are found by no bound of a date.
                    IsCut |= !isComplete
                        || (datedCount is not null
                            && await CountAsync(datedCount, cancellationToken).ConfigureAwait(false) < UpperBound);
                }
            }
            while (cursor.End != WindowEnd.Reached);

            goesOn = hasNew && cursor.MayHaveShifted;
        }
    }

    private SearchPage<T> ReadPage(CopperRequest request, ServiceResponse response, long number)
    {
        var list = _requests.Records.ReadList<T>(response, ResponseReader.ReadList);
        return new SearchPage<T>(
            list.Items,
            response.Total,
            RecordReader.Unreadable(request, response, list, number),
            _requests.Mutations.Begun(_source.Path));
    }

    private Task<long?> CountAsync(CopperRequest request, CancellationToken cancellationToken) =>
        _requests.SendAsync(request, static response => response.Total, cancellationToken);

    /// <summary>
    /// An item in a place that is due cannot be read. It is reported once: in a repeat only its id tells whether it has been.
    /// </summary>
    private void Report(CopperUnreadableRecordException item, bool isRepeat)
    {
        if (!isRepeat || (item.RecordId is not null && !_unreadable.Exists(reported => reported.RecordId == item.RecordId)))
        {
            _unreadable.Add(item);
            _requests.Trace.Unreadable(CopperRequest.Read(_source.SearchPath, []), item);
        }
    }
}
