using System.Globalization;
using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>
/// Reads all activities. The service sorts them as it likes and finds them by the date of the activity only, which users may edit: so they
/// are read page by page, in spans of time where they are more than the service returns of one search. When their number falls meanwhile,
/// somebody deleted one, and the span is read again. At the end those that came meanwhile are read.
/// </summary>
internal sealed class ActivityStream : SnapshotStream
{
    private const string Read = "read";
    private const string Changes = "changes";
    private const string Since = "minimum_activity_date";
    private const string Until = "maximum_activity_date";

    /// <summary>The service takes no later time in a criterion.</summary>
    private const long LastSecond = int.MaxValue;

    private const long MostRepeats = 3;

    private readonly PageReader _pages;
    private readonly long _ceiling;
    private readonly long? _from;

    /// <param name="client">Whose account it is.</param>
    /// <param name="spool">The file of what was read.</param>
    /// <param name="ceiling">The records of one search that the service returns at most.</param>
    /// <param name="from">Those before this time (Unix seconds) are taken from an earlier snapshot; null to read all.</param>
    public ActivityStream(CopperClient client, string spool, long ceiling, long? from)
        : base(CopperEntities.Activity.Plural, spool)
    {
        _pages = new PageReader(client, CopperEntities.Activity);
        _ceiling = ceiling;
        _from = from;
    }

    private protected override async Task<bool> ReadAsync(bool completes, CancellationToken cancellationToken)
    {
        try
        {
            if (Spool.State is null)
            {
                var state = StateOf(Read);
                state["spans"] = new[] { TextOf(_from, null) };
                state["page"] = 1;
                Append([], state);
            }

            while (PhaseOf(Spool.State!) == Read)
            {
                await ReadPageAsync(Spool.State!, cancellationToken).ConfigureAwait(false);
            }

            while (completes)
            {
                if (await ReadChangesAsync(Spool.State!, cancellationToken).ConfigureAwait(false))
                {
                    return true;
                }
            }

            return false;
        }
        catch (CopperApiException refusal) when (refusal is CopperPermissionException or CopperNotFoundException && Spool.Lines == 0)
        {
            Add(Missing, $"Activities: {refusal.Message}");
            return true;
        }
    }

    private async Task ReadPageAsync(JsonBody state, CancellationToken cancellationToken)
    {
        var spans = SpansOf(state);
        var number = NumberOf(state, "page") ?? 1;
        var (since, until) = BoundsOf(spans[0]);
        var page = await _pages.ReadAsync(
            Criteria(since, until), number, null, false, PageReader.Size, cancellationToken).ConfigureAwait(false);
        if (page.HasUnreadable)
        {
            Add(Missing, "Some items of activities have no id that can be read.");
        }

        var next = state.Copy();
        if (number == 1 && Total is null)
        {
            Total = page.Total;
        }

        if (number == 1 && !state.Contains("oldest") && page.Heads.Count > 0)
        {
            next["oldest"] = page.Heads.Min(static head => head.ActivityDate);
        }

        if (number == 1 && page.Total > _ceiling && TrySplit(since, until, out var halves))
        {
            next["spans"] = halves.Concat(spans.Skip(1)).ToArray();
            Append([], next);
            return;
        }

        if (page.Total < NumberOf(state, "total") && NumberOf(state, "again") is null or < MostRepeats)
        {
            next["again"] = (NumberOf(state, "again") ?? 0) + 1;
            next["total"] = page.Total;
            next["page"] = 1;
            Append(page.Records, next);
            return;
        }

        var first = page.Heads.Count > 0 ? page.Heads[0].Id : null;
        var goesInCircles = number > 1 && page.Count == PageReader.Size && first == NumberOf(state, "first");
        var isCut = page.Reached >= _ceiling && !page.IsLast;
        if (goesInCircles || isCut)
        {
            Add(Missing, $"The activities beyond the first {page.Reached} of one second: the service returns no more of this search.");
        }

        if (!(page.IsLast || goesInCircles || isCut))
        {
            next["page"] = number + 1;
            next["first"] = first;
            next["total"] = page.Total;
        }
        else if (spans.Count > 1)
        {
            next["spans"] = spans.Skip(1).ToArray();
            next["page"] = 1;
            next["first"] = null;
            next["total"] = null;
            next["again"] = null;
        }
        else
        {
            next["phase"] = Changes;
            next["page"] = 1;
        }

        Append(page.Records, next);
    }

    /// <summary>
    /// Reads from the newest one on, as far as the first page reached when the reading began. True when all is read that came meanwhile.
    /// </summary>
    private async Task<bool> ReadChangesAsync(JsonBody state, CancellationToken cancellationToken)
    {
        var number = NumberOf(state, "page") ?? 1;
        var page = await _pages.ReadAsync(
            Criteria(_from, null), number, null, false, PageReader.Size, cancellationToken).ConfigureAwait(false);
        var next = state.Copy();
        next["page"] = number + 1;
        Append(page.Records, next);
        return page.IsLast || page.Reached >= _ceiling || NumberOf(state, "oldest") is not { } oldest
            || page.Heads.Any(head => head.ActivityDate <= oldest);
    }

    private static JsonBody Criteria(long? since, long? until)
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

        return criteria;
    }

    /// <summary>Two spans instead of one that has more than the service returns; the later one first.</summary>
    private static bool TrySplit(long? since, long? until, out string[] halves)
    {
        var first = since ?? 0;
        var last = until ?? LastSecond;
        halves = [];
        if (last <= first)
        {
            return false;
        }

        var middle = first + ((last - first) / 2);
        halves = [TextOf(middle + 1, until), TextOf(since, middle)];
        return true;
    }

    private static IReadOnlyList<string> SpansOf(JsonBody state) =>
        [.. ((System.Collections.IEnumerable)state["spans"]!).OfType<string>()];

    private static string TextOf(long? since, long? until) => FormattableString.Invariant($"{since}..{until}");

    private static (long? Since, long? Until) BoundsOf(string span)
    {
        var dots = span.IndexOf("..", StringComparison.Ordinal);
        return (Parse(span.Substring(0, dots)), Parse(span.Substring(dots + 2)));

        static long? Parse(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);
    }
}
