using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

/// <summary>Snapshots that are restored, with journals beside them.</summary>
public abstract class RestoreTest : SnapshotTest
{
    private static readonly PlanRunnerOptions NoWait = new() { Delay = static (_, _) => Task.CompletedTask, IsFresh = true };

    internal static SandboxAccount NewSmallAccount() => NewAccount(static options =>
    {
        options.People = 60;
        options.Companies = 12;
        options.Leads = 25;
        options.Activities = 90;
    });

    internal static Task<ChangePlan> PlanAsync(CopperClient client, CopperSnapshot snapshot, RestoreOptions? options = null) =>
        new RestorePlanner(client, options).PlanAsync(snapshot);

    internal static async Task<IReadOnlyList<CopperPlanResult>> RunAsync(
        CopperClient client, ChangePlan plan, ChangeJournal? journal = null)
    {
        var results = new List<CopperPlanResult>();
        await foreach (var result in new PlanRunner(client, NoWait).RunAsync(plan, journal))
        {
            results.Add(result);
        }

        return results;
    }

    internal static async Task<IReadOnlyList<CopperPlanResult>> RestoreAsync(
        CopperClient client, CopperSnapshot snapshot, RestoreOptions? options = null) =>
        await RunAsync(client, await PlanAsync(client, snapshot, options));

    /// <summary>The steps that write.</summary>
    internal static CopperPlanStep[] Writes(ChangePlan plan) =>
        [.. plan.Steps.Where(static step => step.Action is PlanAction.Create or PlanAction.Update or PlanAction.Delete)];

    /// <summary>What the account holds without ids and what the service sets: the records and the activities of users.</summary>
    internal static async Task<string[]> ImageAsync(CopperClient client)
    {
        // Connections are no values of a record, and go with it.
        var connect = (await client.Metadata.CustomFieldDefinitions.GetAsync()).Where(static field => field.DataType == "Connect");
        var pattern = $"\\{{\"custom_field_definition_id\":({string.Join('|', connect.Select(static field => field.Id))}),[^}}]*\\}},?";
        var lines = (await AccountImage.OfAsync(client)).Select(line => Regex.Replace(line, pattern, "").Replace(",]", "]")).Select(
            static line => line.Replace(",\"custom_fields\":[]", "")).ToList();
        await foreach (var activity in client.Activities.Search(new SearchQuery()))
        {
            if (activity.Type is { Category: "user" })
            {
                lines.Add($"activity {await NameOfAsync(client, activity.Parent!)} {activity.Type.Id} {activity.UserId} "
                    + $"{activity.ActivityDate:O} {activity.Details}");
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>Deletes records of each kind, and with them what belongs to them.</summary>
    internal static async Task DeleteAsync(CopperClient client)
    {
        foreach (var id in Enumerable.Range(2, 23))
        {
            await client.People.DeleteAsync(id);
        }

        foreach (var id in Enumerable.Range(10_000_001, 7))
        {
            await client.Companies.DeleteAsync(id);
        }

        foreach (var id in Enumerable.Range(20_000_003, 12))
        {
            await client.Leads.DeleteAsync(id);
        }

        foreach (var id in Enumerable.Range(30_000_001, 6))
        {
            await client.Opportunities.DeleteAsync(id);
        }

        foreach (var id in Enumerable.Range(40_001, 3))
        {
            await client.Projects.DeleteAsync(id);
        }

        foreach (var id in Enumerable.Range(50_000_001, 5))
        {
            await client.Tasks.DeleteAsync(id);
        }
    }

    private static async Task<string> NameOfAsync(CopperClient client, CopperRelatedResource parent) => parent.Type switch
    {
        "person" => (await client.People.GetAsync(parent.Id)).Name!,
        "company" => (await client.Companies.GetAsync(parent.Id)).Name!,
        "lead" => (await client.Leads.GetAsync(parent.Id)).Name!,
        "opportunity" => (await client.Opportunities.GetAsync(parent.Id)).Name!,
        "project" => (await client.Projects.GetAsync(parent.Id)).Name!,
        _ => (await client.Tasks.GetAsync(parent.Id)).Name!,
    };
}
