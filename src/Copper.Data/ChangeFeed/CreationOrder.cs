using System.Runtime.CompilerServices;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.ChangeFeed;

/// <summary>
/// All records of an entity in order of creation. Each page begins with the second in which the last record of the page before was
/// created, so that none slips to a page that was read already when others are deleted meanwhile.
/// </summary>
/// <param name="access">The records.</param>
/// <param name="filter">A new filter that all of them match.</param>
internal sealed class CreationOrder(RecordAccess access, Func<JsonBody> filter)
{
    private const string Created = "date_created";
    private const string Since = "minimum_created_date";
    private const int PageSize = SearchQuery.LargestPage;

    private long? _bound;
    private bool _isDisordered;

    /// <summary>How many records there are at most, by the service's count; null where it does not say.</summary>
    public long? Total { get; private set; }

    /// <summary>Reads the records. Those of a second come again where a page ends in it.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<ICopperRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        var skip = 0L;
        for (var isLast = false; !isLast && !_isDisordered;)
        {
            var page = Page(_bound, skip, PageSize);
            var (first, last, records) = (_bound, _bound, 0);
            await foreach (var record in page.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var created = access.Entity.DatesOf(record).Created?.ToUnixTimeSeconds();
                _isDisordered |= created is null || created < last;
                last = created ?? last;
                first ??= created;
                records++;
                ids.Add(record.Id);
                yield return record;
            }

            Total ??= page.UpperBound;
            isLast = page.UpperBound is { } total ? skip + PageSize >= total : records < PageSize;
            _isDisordered |= !isLast && skip + PageSize >= SearchResult<ICopperRecord>.Ceiling;
            (_bound, skip) = last > first ? (last, 0) : (_bound, skip + PageSize);
        }

        if (!_isDisordered && ids.Count > PageSize)
        {
            // Others may have created and deleted records meanwhile. Those without a date of creation are found by no bound of it.
            Total = await TotalAsync(null, cancellationToken).ConfigureAwait(false);
            _isDisordered = ids.Count < Total && await TotalAsync(1, cancellationToken).ConfigureAwait(false) < Total;
        }

        if (_isDisordered)
        {
            // The dates of creation tell nothing: all pages by their numbers.
            var all = access.Search(new SearchQuery { Filter = filter(), ReadsAll = true });
            await foreach (var record in all.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return record;
            }

            Total = all.UpperBound;
        }
    }

    private Plans.RecordSearch Page(long? since, long skip, int size)
    {
        var criteria = filter();
        if (since is { } bound)
        {
            criteria[Since] = bound;
        }

        return access.Search(new SearchQuery
        {
            Filter = criteria, SortBy = Created, Skip = skip, First = size, PageSize = size,
        });
    }

    private async Task<long?> TotalAsync(long? since, CancellationToken cancellationToken)
    {
        var search = Page(since, 0, 1);
        await foreach (var _ in search.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // Its count is all that is wanted.
        }

        return search.UpperBound;
    }
}
