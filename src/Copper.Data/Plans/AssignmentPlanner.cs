using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>Makes the plan that hands a user's records over to another user.</summary>
/// <param name="client">Whose account it is.</param>
/// <param name="progress">Is told how many records were found so far; null for nobody.</param>
public sealed class AssignmentPlanner(CopperClient client, IProgress<long>? progress = null)
{
    private const string Assignee = "assignee_id";

    /// <summary>The entities whose records are assigned to users, in the API's singular words.</summary>
    public static IReadOnlyList<string> Entities { get; } =
    [
        .. CopperEntities.Primary.Select(static entity => entity.Name)
            .Where(static name => RecordFields.Writable(name).Contains(Assignee)),
    ];

    /// <summary>Without opportunities that are won, lost or abandoned, and without completed tasks and projects.</summary>
    public bool OpenOnly { get; init; }

    /// <summary>Makes the plan. It reads the records, 200 in a request, and writes nothing.</summary>
    /// <param name="from">The user whose records are handed over; one who has left is known by the id.</param>
    /// <param name="to">The user who gets them.</param>
    /// <param name="entities">Only these entities; null for all of <see cref="Entities"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ChangePlan> PlanAsync(
        (long Id, string Name) from, (long Id, string Name) to, IReadOnlyCollection<string>? entities = null,
            CancellationToken cancellationToken = default)
    {
        var steps = new List<CopperPlanStep>();
        foreach (var entity in RecordAccess.Order.Where(entity => (entities ?? Entities).Contains(entity)))
        {
            var access = RecordAccess.Of(client, entity);
            var filter = new JsonBody { ["assignee_ids"] = new[] { from.Id } };
            if (OpenOnly)
            {
                Narrow(filter, entity);
            }

            var records = access.Search(new SearchQuery { Filter = filter, ReadsAll = true });
            await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                steps.Add(new CopperPlanStep
                {
                    Step = steps.Count + 1,
                    Action = PlanAction.Update,
                    Entity = entity,
                    Id = record.Id,
                    Name = record.ToString(),
                    Changes = [new PlanChange("Assignee", from.Name, to.Name)],
                    Modified = CopperPlanStep.TextOf(access.Entity.DatesOf(record).Modified),
                    Fields = new JsonBody { [Assignee] = to.Id }.ToString(),
                    Before = new JsonBody { [Assignee] = from.Id }.ToString(),
                }.Sealed());
                if (steps.Count % SearchQuery.LargestPage == 0)
                {
                    progress?.Report(steps.Count);
                }
            }
        }

        return new ChangePlan(steps);
    }

    /// <summary>Only what is open, in the service's own criteria; leads and contacts have no end.</summary>
    private static void Narrow(JsonBody filter, string entity)
    {
        switch (entity)
        {
            case CopperEntityNames.Opportunity:
                // 0 is Open (developer.copper.com/opportunities/list-opportunities-search).
                filter["status_ids"] = new[] { 0 };
                break;
            case CopperEntityNames.Task:
            case CopperEntityNames.Project:
                filter["statuses"] = new[] { "Open" };
                break;
        }
    }
}
