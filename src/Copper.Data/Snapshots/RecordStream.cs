using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>
/// Reads all records of one entity so that none is missed while others work on the account: in order of creation, each page from the
/// second in which the last record of the page before was created. So a record that is deleted meanwhile pushes no other one out, a result
/// may be longer than the service returns of one search, and an interrupted reading goes on where it was. Then what was changed meanwhile
/// is read, and what was deleted is looked for.
/// </summary>
internal sealed class RecordStream : SnapshotStream
{
    private const string Read = "read";
    private const string Changes = "changes";
    private const string Check = "check";
    private const string Created = "date_created";
    private const string Modified = "date_modified";
    private const string CreatedSince = "minimum_created_date";

    /// <summary>A change may show in searches so much later (seconds).</summary>
    private const long SearchLag = 120;

    /// <summary>So often is looked for what changed while the last look went on.</summary>
    private const long MostPasses = 3;

    private readonly CopperEntity _entity;
    private readonly PageReader _pages;
    private readonly long _ceiling;

    public RecordStream(CopperClient client, CopperEntity entity, string spool, long ceiling)
        : base(entity.Plural, spool)
    {
        _entity = entity;
        _pages = new PageReader(client, entity);
        _ceiling = ceiling;
    }

    /// <summary>The account does not let its records be read.</summary>
    public bool IsRefused => Missing.Count > 0 && Spool.Lines == 0;

    private protected override async Task<bool> ReadAsync(bool completes, CancellationToken cancellationToken)
    {
        try
        {
            if (Spool.State is null)
            {
                await ReadNewestAsync(cancellationToken).ConfigureAwait(false);
            }

            while (true)
            {
                var state = Spool.State!;
                switch (PhaseOf(state))
                {
                    case Read:
                        await ReadPageAsync(state, cancellationToken).ConfigureAwait(false);
                        break;
                    case not Read when !completes:
                        return false;
                    case Changes:
                        await ReadChangesAsync(state, cancellationToken).ConfigureAwait(false);
                        break;
                    default:
                        if (await CheckAsync(state, cancellationToken).ConfigureAwait(false))
                        {
                            return true;
                        }

                        break;
                }
            }
        }
        catch (CopperApiException refusal) when (refusal is CopperPermissionException or CopperNotFoundException && Spool.Lines == 0)
        {
            Add(Missing, $"{char.ToUpperInvariant(Name[0])}{Name.Substring(1)}: {refusal.Message}");
            return true;
        }
    }

    /// <summary>
    /// Notes when the last change was before the reading, by the clock of the service. Few records come with this page already.
    /// </summary>
    private async Task ReadNewestAsync(CancellationToken cancellationToken)
    {
        var page = await _pages.ReadAsync([], 1, Modified, true, PageReader.Size, cancellationToken).ConfigureAwait(false);
        NoteUnreadable(page);
        Total = page.Total;
        var newest = page.Heads.Count > 0 ? page.Heads[0].Modified ?? 0 : 0;
        var state = StateOf(Read);
        state["newest"] = newest;
        state["since"] = newest - SearchLag;
        state["page"] = 1;
        Append(page.Records, page.IsLast ? ChangesOf(state) : state);
    }

    private void NoteUnreadable(RecordPage page)
    {
        if (page.HasUnreadable)
        {
            Add(Missing, $"Some items of {Name} have no id that can be read.");
        }
    }

    private async Task ReadPageAsync(JsonBody state, CancellationToken cancellationToken)
    {
        var bound = NumberOf(state, "bound");
        var number = NumberOf(state, "page") ?? 1;
        var isByNumber = state.Contains("byNumber");
        var criteria = new JsonBody();
        if (bound is { } since)
        {
            criteria[CreatedSince] = since;
        }

        var page = await _pages.ReadAsync(criteria, number, Created, false, PageReader.Size, cancellationToken).ConfigureAwait(false);
        NoteUnreadable(page);
        var next = state.Copy();
        if (!isByNumber && !IsInOrder(page, bound))
        {
            // Nothing can be told from the dates of creation: all pages by their numbers.
            next["byNumber"] = true;
            next["bound"] = null;
            next["page"] = 1;
            Append(page.Records, next);
            return;
        }

        if (isByNumber && page.Total < NumberOf(state, "total") && NumberOf(state, "again") is null or < MostPasses)
        {
            // A record was deleted, so that another one may have slipped to a page that was read before.
            next["again"] = (NumberOf(state, "again") ?? 0) + 1;
            next["total"] = page.Total;
            next["page"] = 1;
            Append(page.Records, next);
            return;
        }

        var first = page.Heads.Count > 0 ? page.Heads[0].Id : null;
        var goesInCircles = number > 1 && page.Count == PageReader.Size && first == NumberOf(state, "first");
        var movesOn = !isByNumber && page.Heads.Count > 0
            && page.Heads[page.Heads.Count - 1].Created > (bound ?? page.Heads[0].Created);
        var isCut = page.Reached >= _ceiling && !page.IsLast && !movesOn;
        if (goesInCircles || isCut)
        {
            Add(Missing, $"The {Name} beyond the first {page.Reached}: the service returns no more of this search.");
        }

        if (page.IsLast || goesInCircles || isCut)
        {
            next = ChangesOf(next);
        }
        else if (movesOn)
        {
            next["bound"] = page.Heads[page.Heads.Count - 1].Created;
            next["page"] = 1;
        }
        else
        {
            next["page"] = number + 1;
        }

        next["first"] = first;
        next["total"] = page.Total;
        Append(page.Records, next);
    }

    private static JsonBody ChangesOf(JsonBody state)
    {
        var next = StateOf(Changes);
        next["newest"] = state["newest"];
        next["since"] = state["since"];
        next["pass"] = 1;
        next["page"] = 1;
        if (state.Contains("byNumber"))
        {
            next["byNumber"] = true;
        }

        return next;
    }

    /// <summary>Every record has a date of creation, none is older than the one before it, and the bound holds.</summary>
    private static bool IsInOrder(RecordPage page, long? bound)
    {
        var last = bound ?? long.MinValue;
        foreach (var head in page.Heads)
        {
            if (head.Created is not { } created || created < last)
            {
                return false;
            }

            last = created;
        }

        return true;
    }

    /// <summary>
    /// Reads what was changed since the reading began, the newest first: not every service has a criterion for the date of modification,
    /// but every one sorts by it.
    /// </summary>
    private async Task ReadChangesAsync(JsonBody state, CancellationToken cancellationToken)
    {
        var since = NumberOf(state, "since") ?? 0;
        var number = NumberOf(state, "page") ?? 1;
        var page = await _pages.ReadAsync([], number, Modified, true, PageReader.Size, cancellationToken).ConfigureAwait(false);
        var next = state.Copy();
        if (number == 1)
        {
            next["top"] = page.Heads.Count > 0 ? page.Heads[0].Modified ?? 0 : 0;
            next["total"] = page.Total;
            Total = page.Total;
        }

        var changed = new List<byte[]>();
        for (var i = 0; i < page.Heads.Count; i++)
        {
            if (page.Heads[i].Modified >= since)
            {
                changed.Add(page.Records[i]);
            }

            if (i > 0 && page.Heads[i].Modified > page.Heads[i - 1].Modified)
            {
                Add(
                    Notes,
                    $"The service does not sort {Name} by the date of their modification: what was changed while they were read may be as "
                        + "it was before.");
            }
        }

        if (!page.IsLast && changed.Count == page.Count && page.Reached < _ceiling)
        {
            next["page"] = number + 1;
            Append(changed, next);
            return;
        }

        var top = NumberOf(next, "top") ?? 0;
        var pass = NumberOf(state, "pass") ?? 1;
        if (top > (NumberOf(state, "newest") ?? 0) && pass < MostPasses)
        {
            // Somebody works on the account: what changed during this look is looked for too.
            next["newest"] = top;
            next["since"] = top;
            next["pass"] = pass + 1;
            next["page"] = 1;
        }
        else
        {
            next["phase"] = Check;
        }

        Append(changed, next);
    }

    /// <summary>Compares the number of records with what the service states. True when nothing is left to do.</summary>
    private async Task<bool> CheckAsync(JsonBody state, CancellationToken cancellationToken)
    {
        var total = NumberOf(state, "total");
        var index = SpoolIndex.Of(Spool.Path, Spool.Lines);
        if (total is null || index.Count == total)
        {
            return true;
        }

        if (index.Count > total)
        {
            var deleted = await FindDeletedAsync(index, cancellationToken).ConfigureAwait(false);
            if (deleted.Count > 0)
            {
                AppendDeleted(deleted, state.Copy());
            }

            return true;
        }

        if (state.Contains("byNumber"))
        {
            return true;
        }

        // The total is an upper bound, or some records have no date of creation, by which they were read.
        var dated = await _pages.ReadAsync(
            new JsonBody { [CreatedSince] = 1 }, 1, Created, false, 1, cancellationToken).ConfigureAwait(false);
        if (dated.Total is null || dated.Total >= total)
        {
            return true;
        }

        var next = StateOf(Read);
        next["newest"] = state["newest"];
        next["since"] = state["since"];
        next["byNumber"] = true;
        next["page"] = 1;
        Append([], next);
        return false;
    }

    private async Task<List<long>> FindDeletedAsync(SpoolIndex index, CancellationToken cancellationToken)
    {
        var deleted = new List<long>();
        var chunk = new List<long>(PageReader.Size);
        foreach (var id in index.Ids.Select(static id => (long?)id).Append(null))
        {
            if (id is { } known)
            {
                chunk.Add(known);
            }

            if (chunk.Count == PageReader.Size || (id is null && chunk.Count > 0))
            {
                var criteria = new JsonBody { ["ids"] = chunk.ToArray() };
                var page = await _pages.ReadAsync(
                    criteria, 1, _entity.DefaultSort, false, PageReader.Size, cancellationToken).ConfigureAwait(false);
                var found = new HashSet<long>(page.Heads.Select(static head => head.Id!.Value));
                foreach (var missing in chunk.Where(one => !found.Contains(one)))
                {
                    // A search may be late; reading by the id is not.
                    if (!await _pages.ExistsAsync(missing, cancellationToken).ConfigureAwait(false))
                    {
                        deleted.Add(missing);
                    }
                }

                chunk.Clear();
            }
        }

        return deleted;
    }
}
