using Copper.Client.Http;

namespace Copper.Client.Search;

/// <summary>
/// The result of a search, read page by page as it is consumed, and a little ahead once the consumer goes on. Every record comes once: one that a shifting page brings
/// again is left out, and when the same client changed records of this kind between its first page and its last, so that
/// some may have slipped to a page already read, the result is read again until nothing new turns up.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <remarks>
/// X-PW-TOTAL is an upper bound, may change from page to page and may be missing; a page may be short although more follow.
/// Only the first 100,000 records of a result can be reached (developer.copper.com/people/list-people-search); what lies beyond
/// is searched for by its date of creation.
/// </remarks>
public sealed class SearchResult<T> : ISearchResult<T>
    where T : class
{
    /// <summary>The number of records of one result that the service hands out.</summary>
    public const long Ceiling = 100_000;

    private readonly CopperClient _client;
    private readonly SearchSource<T> _source;
    private readonly SearchQuery _query;
    private readonly int _pageSize;
    private readonly List<CopperUnreadableRecordException> _unreadable = [];
    private bool _isRepetition;

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

    /// <summary>The service has more records than could be read: it hands out no more for one search, and their dates of creation do not help.</summary>
    public bool IsCut { get; internal set; }

    /// <summary>The records come in order of creation and not as was asked: more than <see cref="Ceiling"/> can be had only so.</summary>
    public bool IsReordered { get; internal set; }

    /// <summary>
    /// The search was ended because the service handed out full pages without anything new: it does not heed the page number, and
    /// would go on for ever. There may be records that could not be had.
    /// </summary>
    public bool IsRepeating { get; internal set; }

    /// <summary>
    /// The items of the pages so far that cannot be read as records. Each is left out, takes the place of a record in its page and
    /// for <see cref="SearchQuery.Skip"/>, and is noted here before the record that follows it is handed out.
    /// </summary>
    public IReadOnlyList<CopperUnreadableRecordException> UnreadableRecords => _unreadable;

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var seen = new EmittedIdSet();
        var left = _query.First ?? long.MaxValue;
        var goesOn = left > 0;
        for (var isRepetition = false; goesOn; isRepetition = true)
        {
            _isRepetition = isRepetition;
            var isNew = false;
            var pass = new SearchPass<T>(this, _client, _source, _query, _pageSize, left);
            IsCut = false;
            IsRepeating = false;
            await foreach (var record in pass.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // What has no id cannot be told from what has come before.
                if (_source.IdentityOf(record) is { } identity ? !seen.Add(identity) : isRepetition)
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

    /// <summary>An item in a place that is due cannot be read. It is told once: in a repetition only its id tells whether it has been.</summary>
    internal void NoteUnreadable(CopperUnreadableRecordException item)
    {
        if (!_isRepetition || (item.RecordId is not null && !_unreadable.Exists(told => told.RecordId == item.RecordId)))
        {
            _unreadable.Add(item);
            _client.TellUnreadable([item]);
        }
    }

    /// <summary>A page has come.</summary>
    /// <param name="total">What it says of the whole result; null when nothing.</param>
    internal void NotePage(long? total)
    {
        PagesRead++;
        UpperBound = total ?? UpperBound;
    }
}
