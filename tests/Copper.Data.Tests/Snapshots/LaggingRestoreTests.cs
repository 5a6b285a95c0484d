using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

/// <summary>Where searches lag, they show for a while what is deleted or changed as it was: a restore by the same client does not trust
/// them.</summary>
public sealed class LaggingRestoreTests : RestoreTest
{
    [Fact]
    public async Task A_mass_deletion_and_a_mass_change_are_restored_at_once()
    {
        using var account = NewLaggingAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var title = (await account.Client.People.GetAsync(40)).Title;
        await DeleteAsync(account.Client);
        foreach (var id in Enumerable.Range(40, 15))
        {
            await account.Client.People.UpdateAsync(id, new JsonBody { ["title"] = "Oops" });
        }

        var plan = await PlanAsync(account.Client, snapshot);

        Assert.Equal(
            [("company", 7), ("lead", 12), ("opportunity", 6), ("person", 23), ("project", 3), ("task", 5)],
            plan.Steps.Where(static step => step.Action == PlanAction.Create && step.Entity != "activity")
                .GroupBy(static step => step.Entity).Select(static group => (group.Key, group.Count())).Order());
        Assert.Equal(15, plan.Steps.Count(static step => step.Changes.Any(static change => change.Before == "Oops")));
        var results = await RunAsync(account.Client, plan);
        Assert.All(results, static result =>
            Assert.True(result.Status is PlanStatus.Done or PlanStatus.Skipped, $"{result} {result.Reason}"));
        Assert.Equal(title, (await account.Client.People.GetAsync(40)).Title);
        var deleted = snapshot.ReadRecords("activity").Cast<Copper.Client.Models.CopperActivity>().Count(static activity =>
            activity is { Type.Category: "user", Parent: { Type: "person", Id: >= 2 and <= 24 } });
        Assert.Equal(deleted, plan.Steps.Count(static step => step is { Action: PlanAction.Create, Entity: "activity" }
            && step.Fields!.Contains("\"type\":\"person\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_few_records_are_read_by_their_ids_whoever_deleted_them()
    {
        using var account = NewLaggingAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await account.Connect().Leads.DeleteAsync(20_000_003);

        var plan = await PlanAsync(
            account.Client, snapshot, new RestoreOptions { Entities = ["lead"], Ids = [20_000_003, 20_000_004] });

        Assert.Equal(PlanAction.Create, Assert.Single(plan.Steps).Action);
    }

    [Fact]
    public async Task What_nobody_wrote_costs_no_request_each()
    {
        using var account = NewLaggingAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await account.Client.Leads.DeleteAsync(20_000_003);
        account.Sandbox.ClearJournal();

        await PlanAsync(account.Client, snapshot);

        // The lead that was deleted, and what belonged to it.
        Assert.InRange(account.Requests.Count(static request => request.StartsWith("GET leads", StringComparison.Ordinal)), 0, 1);
        Assert.InRange(account.Requests.Count, 7, 45);
    }

    private static SandboxAccount NewLaggingAccount() => new(static options =>
    {
        options.Leads = 25;
        options.Activities = 90;
        options.SearchLagCount = 100_000;
    });
}
