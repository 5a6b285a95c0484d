using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>
/// What the service rejects in a row, and no row shows alone: an id of a record that is not there, and an address or a domain that
/// another record has, or another row gets. The step is held then, since its run would fail.
/// </summary>
/// <param name="client">The account.</param>
/// <param name="map">The columns of the entity.</param>
/// <param name="headings">What the headings of the file stand for.</param>
internal sealed class StepCheck(CopperClient client, ColumnMap map, IReadOnlyList<ImportHeading> headings)
{
    /// <summary>The steps, in their order.</summary>
    /// <param name="steps">The steps of the rows.</param>
    /// <param name="find">The index of records by addresses or domains that the rules have loaded; null when none did.</param>
    /// <param name="load">Loads such an index for values.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<SpilledList<CopperPlanStep>> CheckAsync(
        IReadOnlyList<CopperPlanStep> steps,
        Func<string, IEnumerable<RecordOwner>>? find,
        Func<IReadOnlyCollection<string>, Task<Func<string, IEnumerable<RecordOwner>>>> load,
        CancellationToken cancellationToken)
    {
        var existing = await ExistingAsync(steps, cancellationToken).ConfigureAwait(false);
        if (find is null && new HashSet<string>(steps.SelectMany(GainsOf), StringComparer.OrdinalIgnoreCase) is { Count: > 0 } values)
        {
            find = await load(values).ConfigureAwait(false);
        }

        var released = ReleasedBy(steps);
        var takers = new Dictionary<string, long?>(StringComparer.OrdinalIgnoreCase);
        var checkedSteps = SpilledSteps.New();
        foreach (var step in steps)
        {
            var problem = TargetsOf(step).Where(end => !existing.Contains(end))
                .Select(static end => $"there is no {end.Type} with the id {end.Id}").FirstOrDefault();
            foreach (var value in problem is null ? GainsOf(step) : [])
            {
                if (find!(value).FirstOrDefault(owner => owner.Id != step.Id && !released.Contains((owner.Id, value.ToLowerInvariant())))
                    is { } owner)
                {
                    problem = $"{value} belongs to {map.Entity} {owner.Id} ({owner.Name()}), which no rule finds from the row. Match on "
                        + $"{(map.Entity == CopperEntityNames.Person ? "Email" : "EmailDomain")} if that one is meant";
                }
                else if (takers.TryGetValue(value, out var first))
                {
                    problem = RowClaims.GivesToAnother(map.Entity, first, value);
                }
                else
                {
                    takers[value] = step.Row;
                    continue;
                }

                break;
            }

            checkedSteps.Add(problem is null ? step : RowClaims.Held(step, problem + "."));
        }

        return checkedSteps;
    }

    private static bool Writes(CopperPlanStep step) => step is { Action: PlanAction.Create or PlanAction.Update, Fields: not null };

    /// <summary>The unique values that a step gives to its record.</summary>
    public static string[] GainsOf(CopperPlanStep step) =>
        !Writes(step) || step.Entity is not (CopperEntityNames.Person or CopperEntityNames.Company) ? []
        : [.. (UniqueValues.Of(step.Body()) ?? []).Except(UniqueValues.Of(step.BeforeBody()) ?? [], StringComparer.OrdinalIgnoreCase)];

    /// <summary>The unique values that records give up in the same plan.</summary>
    private static HashSet<(long Id, string Value)> ReleasedBy(IReadOnlyList<CopperPlanStep> steps) =>
        [.. steps.Where(static step => step.Action == PlanAction.Update && GainsOrLoses(step))
            .SelectMany(static step => (UniqueValues.Of(step.BeforeBody()) ?? [])
                .Except(UniqueValues.Of(step.Body()) ?? [], StringComparer.OrdinalIgnoreCase)
                .Select(value => (step.Id ?? 0, value.ToLowerInvariant())))];

    private static bool GainsOrLoses(CopperPlanStep step) => Writes(step) && UniqueValues.Of(step.Body()) is not null;

    /// <summary>The records that a step points to by ids that stand in the row.</summary>
    private IEnumerable<RecordEnd> TargetsOf(CopperPlanStep step)
    {
        var fields = headings.Where(static heading => heading.Column is { Kind: ColumnKind.RecordId or ColumnKind.RelatedId })
            .Select(static heading => heading.Column!.Field!).ToArray();
        return fields.Length == 0 || !Writes(step) ? []
            : step.Body().Where(member => fields.Contains(member.Key))
                .Select(static member => ReferenceFields.TargetOf(member.Key, member.Value)).OfType<RecordEnd>()
                .Where(static end => end.Id > 0);
    }

    private async Task<HashSet<RecordEnd>> ExistingAsync(IReadOnlyList<CopperPlanStep> steps, CancellationToken cancellationToken)
    {
        var existing = new HashSet<RecordEnd>();
        foreach (var group in steps.SelectMany(TargetsOf).Distinct().GroupBy(static end => end.Type))
        {
            var ids = group.Select(static end => end.Id).ToArray();
            if (!RecordAccess.Order.Contains(group.Key))
            {
                continue;
            }

            for (var start = 0; start < ids.Length; start += SearchQuery.LargestPage)
            {
                var found = await RecordAccess.Of(client, group.Key)
                    .FindAsync([.. ids.Skip(start).Take(SearchQuery.LargestPage)], cancellationToken).ConfigureAwait(false);
                existing.UnionWith(found.Keys.Select(id => new RecordEnd(group.Key, id)));
            }
        }

        return existing;
    }
}

/// <summary>A record that has an address or a domain.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Reads its name.</param>
internal sealed record RecordOwner(long Id, Func<string?> Name);
