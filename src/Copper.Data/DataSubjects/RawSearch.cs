using Copper.Client;
using Copper.Data.Snapshots;

namespace Copper.Data.DataSubjects;

/// <summary>
/// Reads all records of an entity as they come, 200 in a request. What is more than the service returns of one search is read in spans of
/// time; where the number falls meanwhile, since somebody deletes some, the span is read again, so that none is passed over.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="entity">The entity.</param>
/// <param name="ceiling">The records of one search that the service returns at most.</param>
internal sealed class RawSearch(CopperClient client, CopperEntity entity, long ceiling = 100_000)
{
    private const long LastSecond = int.MaxValue;
    private const int MostRepeats = 3;
    private readonly PageReader _pages = new(client, entity);
    private readonly HashSet<long> _ids = [];

    /// <summary>The records that were read.</summary>
    public long Count => _ids.Count;

    /// <summary>How many there are, as far as the service states it.</summary>
    public long? Total { get; private set; }

    /// <summary>What could not be read, a sentence each.</summary>
    public List<string> Missing { get; } = [];

    private bool IsSorted => entity != CopperEntities.Activity;

    private string Since => IsSorted ? "minimum_created_date" : "minimum_activity_date";

    private string Until => IsSorted ? "maximum_created_date" : "maximum_activity_date";

    /// <summary>Reads the records; each is handed over once.</summary>
    /// <param name="take">Takes the records of a page.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadAsync(Action<IReadOnlyList<byte[]>> take, CancellationToken cancellationToken)
    {
        var spans = new Stack<(long? Since, long? Until)>();
        spans.Push((null, null));
        while (spans.Count > 0)
        {
            var (since, until) = spans.Pop();
            if (!await ReadSpanAsync(since, until, take, cancellationToken).ConfigureAwait(false))
            {
                var first = since ?? 0;
                var middle = first + (((until ?? LastSecond) - first) / 2);
                spans.Push((since, middle));
                spans.Push((middle + 1, until));
            }
        }
    }

    /// <summary>Reads a span; false when it has more than the service returns, and can be halved.</summary>
    private async Task<bool> ReadSpanAsync(
        long? since, long? until, Action<IReadOnlyList<byte[]>> take, CancellationToken cancellationToken)
    {
        long? total = null;
        var repeats = 0;
        for (var number = 1L; ; number++)
        {
            var criteria = new JsonBody();
            if (since is { } first)
            {
                criteria[Since] = first;
            }

            if (until is { } last)
            {
                criteria[Until] = last;
            }

            var page = await _pages.ReadAsync(
                criteria, number, IsSorted ? "date_created" : null, false, PageReader.Size, cancellationToken).ConfigureAwait(false);
            Total ??= page.Total;
            if (number == 1 && page.Total > ceiling && (until ?? LastSecond) > (since ?? 0))
            {
                return false;
            }

            var fresh = page.Records.Zip(page.Heads, static (record, head) => (record, head.Id!.Value))
                .Where(item => _ids.Add(item.Value)).Select(static item => item.record).ToArray();
            if (page.HasUnreadable)
            {
                Add($"Some items of {entity.Plural} have no id that can be read.");
            }

            if (fresh.Length > 0)
            {
                take(fresh);
            }

            if (page.Total < total && repeats < MostRepeats)
            {
                repeats++;
                number = 0;
            }
            else if (page.IsLast)
            {
                return true;
            }
            else if (page.Reached >= ceiling)
            {
                Add($"The {entity.Plural} beyond the first {page.Reached} of one second: the service returns no more of this search.");
                return true;
            }

            total = page.Total;
        }
    }

    private void Add(string sentence)
    {
        if (!Missing.Contains(sentence))
        {
            Missing.Add(sentence);
        }
    }
}
