using Copper.Client.Json;

namespace Copper.Data.Snapshots;

/// <summary>One page of records as it came.</summary>
internal sealed class RecordPage
{
    public RecordPage(RawList list, long number, int size)
    {
        Total = list.Total;
        Count = list.Items.Count;
        var records = new List<byte[]>(Count);
        var heads = new List<RecordHead>(Count);
        foreach (var item in list.Items)
        {
            var head = RecordHead.Of(item);
            if (head.Id is null)
            {
                continue;
            }

            records.Add(item);
            heads.Add(head);
        }

        Records = records;
        Heads = heads;
        Reached = ((number - 1) * size) + Count;
        IsLast = Count == 0 || (Count < size ? !(Total > Reached) : Total == Reached);
    }

    /// <summary>The records, without items that have no id.</summary>
    public IReadOnlyList<byte[]> Records { get; }

    /// <summary>Their heads, in the same order.</summary>
    public IReadOnlyList<RecordHead> Heads { get; }

    /// <summary>How many records the result has at most; null when the service does not state it.</summary>
    public long? Total { get; }

    /// <summary>The items of the page.</summary>
    public int Count { get; }

    /// <summary>So many items of the result came with this page and those before it.</summary>
    public long Reached { get; }

    /// <summary>No page follows. A page may be short although more follow; the total is an upper bound.</summary>
    public bool IsLast { get; }

    /// <summary>An item has no id that can be read.</summary>
    public bool HasUnreadable => Records.Count < Count;
}
