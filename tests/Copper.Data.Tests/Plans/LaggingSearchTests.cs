using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Plans;

/// <summary>
/// Where searches lag, they show for a while what is deleted, and what was changed as it was: an undo does not trust them.
/// </summary>
public sealed class LaggingSearchTests : PlanTest
{
    [Fact]
    public async Task A_mass_delete_and_a_mass_update_are_taken_back_at_once()
    {
        using var account = new SandboxAccount(static options => options.SearchLagCount = 100_000);
        account.Now = account.Now.AddDays(1);
        var path = NewPath();
        using (var client = account.Connect())
        {
            using var journal = new SessionJournal(client, path);
            client.ChangeRecorder = journal;
            foreach (var id in Enumerable.Range(1, 30))
            {
                await (id % 2 == 0 ? client.People.DeleteAsync(id)
                    : client.People.UpdateAsync(id, new JsonBody { ["title"] = $"Title {id}" }));
            }

            await client.Leads.CreateAsync(new JsonBody { ["name"] = "New lead" });
            await client.Tasks.DeleteAsync(50_000_001);
        }

        account.Now = account.Now.AddMinutes(1);
        var results = await RunAsync(account.Client, await new UndoPlanner(account.Client).PlanAsync(ChangeJournal.Read(path)));

        Assert.All(results, static result => Assert.True(result.Status == PlanStatus.Done, $"{result} {result.Reason}"));
        Assert.Equal(15 + 1, results.Count(static result => result.Action == PlanAction.Create));
        foreach (var result in results.Where(static result => result.Action == PlanAction.Update && result.Entity == "person"))
        {
            Assert.NotEqual($"Title {result.Id}", (await account.Client.People.GetAsync(result.Id!.Value)).Title);
        }

        foreach (var result in results.Where(static result => result.Action == PlanAction.Create))
        {
            Assert.NotNull(await RecordAccess.Of(account.Client, result.Entity).ConfirmAsync(result.Id!.Value, default));
        }
    }

    [Fact]
    public async Task What_somebody_has_brought_back_in_the_web_application_is_not_created_a_second_time()
    {
        // Another account with the same records: there the person was never deleted, as after a deletion that was taken back.
        using var twin = new SandboxAccount();
        var path = NewPath();
        using (var client = twin.Connect())
        {
            using var journal = new SessionJournal(client, path);
            client.ChangeRecorder = journal;
            await client.People.DeleteAsync(7);
        }

        var plan = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));

        Assert.Equal("The record is there.", Assert.Single(plan.Steps, static step => step.Entity == "person").Reason);
    }

    [Fact]
    public async Task Deleted_records_that_no_search_shows_cost_no_request_each()
    {
        var path = NewPath();
        using (var journal = new SessionJournal(Client, path))
        {
            Client.ChangeRecorder = journal;
            foreach (var id in Enumerable.Range(1, 40))
            {
                await Client.People.DeleteAsync(id);
            }

            Client.ChangeRecorder = null;
        }

        Account.Sandbox.ClearJournal();
        var plan = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));

        Assert.Equal(40, plan.Steps.Count(static step => step.Action == PlanAction.Create));
        Assert.InRange(Account.Requests.Count, 1, 10);
    }
}
