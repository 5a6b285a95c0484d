using Copper.Sandbox.Accounts;

namespace Copper.Sandbox.Search;

/// <summary>
/// Runs searches. The last few results are kept, so that paging through many records sorts them once and not at every page.
/// </summary>
internal sealed class SearchEngine(Account account)
{
    private const int KeptResults = 8;

    private readonly LinkedList<Result> _results = new();

    /// <summary>All records that match, sorted. Must not be changed.</summary>
    public IReadOnlyList<Record> Run(SearchQuery query, DateTimeOffset now)
    {
        if (account.SearchLag.CountSearch(now))
        {
            account.Touch();
        }

        string? key = query.CacheKey is null ? null : query.Schema.Entity.Type + query.CacheKey;
        var kept = key is null ? null : _results.FirstOrDefault(result => result.Key == key && result.Version == account.Version);
        if (kept is not null)
        {
            return kept.Records;
        }

        var records = Sort(query);
        if (key is not null)
        {
            Keep(new Result(key, account.Version, records));
        }

        return records;
    }

    private Record[] Sort(SearchQuery query)
    {
        var keyOf = query.SortBy.Selector(account, query.Schema.Entity);
        var items = new List<Item>();
        foreach (var record in Visible(query))
        {
            if (query.Matches(record))
            {
                items.Add(new Item(keyOf(record), record));
            }
        }

        int direction = query.Descending ? -1 : 1;
        items.Sort((left, right) => Compare(left, right, direction));
        var records = new Record[items.Count];
        for (int index = 0; index < records.Length; index++)
        {
            records[index] = items[index].Record;
        }

        return records;
    }

    /// <summary>The records that searches see by now.</summary>
    private IEnumerable<Record> Visible(SearchQuery query)
    {
        var entity = query.Schema.Entity;
        var present = account.Table(entity).All.Concat(query.IncludesConverted ? account.ConvertedLeads : []);
        var former = account.SearchLag.FormerOf(entity);
        return former.Count == 0
            ? present
            : present.Where(record => !former.ContainsKey(record.Id)).Concat(former.Values.OfType<Record>());
    }

    /// <summary>Missing values last in both directions, equal values by id: the strict reading, the service documents neither.</summary>
    private static int Compare(Item left, Item right, int direction)
    {
        int order = (left.Key, right.Key) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string a, string b) => direction * string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
            (long a, long b) => direction * a.CompareTo(b),
            _ => direction * ((IComparable)left.Key).CompareTo(right.Key),
        };
        return order != 0 ? order : left.Record.Id.CompareTo(right.Record.Id);
    }

    private void Keep(Result result)
    {
        _results.AddFirst(result);
        if (_results.Count > KeptResults)
        {
            _results.RemoveLast();
        }
    }

    private readonly record struct Item(object? Key, Record Record);

    private sealed record Result(string Key, long Version, IReadOnlyList<Record> Records);
}
