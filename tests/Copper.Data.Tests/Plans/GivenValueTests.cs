using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Plans;

/// <summary>
/// The service fills in what a new record was not given. A record that is created again is empty where it was empty all the same.
/// </summary>
public sealed class GivenValueTests : PlanTest
{
    [Fact]
    public async Task A_deleted_record_comes_back_empty_where_it_was_empty()
    {
        var (deal, task, person) = await EmptyRecordsAsync();
        var path = NewPath();
        using (var client = Account.Connect())
        {
            using var journal = new SessionJournal(client, path);
            client.ChangeRecorder = journal;
            await client.Opportunities.DeleteAsync(deal);
            await client.Tasks.DeleteAsync(task);
            await client.People.DeleteAsync(person);
        }

        var plan = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));
        Account.Sandbox.ClearJournal();
        var results = await RunAsync(Client, plan);

        Assert.All(results, static result => Assert.True(result.Status == PlanStatus.Done, $"{result} {result.Reason}"));
        Assert.Equal(3, results.Count);
        long NewId(string entity) => results.Single(result => result.Entity == entity).Id!.Value;
        var back = await Client.Opportunities.GetAsync(NewId("opportunity"));
        Assert.Equal((null, null, null), (back.CompanyId, back.Priority, back.WinProbability));
        Assert.NotNull(back.PrimaryContactId);
        Assert.Null((await Client.Tasks.GetAsync(NewId("task"))).Priority);
        Assert.Null((await Client.People.GetAsync(NewId("person"))).ContactTypeId);

        // What the service does not take in the create costs one request more, and the rest none.
        Assert.Equal(4, Account.Writes.Count);
        Assert.DoesNotContain(plan.Steps.SelectMany(static step => step.Changes), static change => change.After is null or "");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task A_run_that_was_killed_clears_it_when_it_is_resumed(int cutAt, bool afterSending)
    {
        Account.Now = DateTimeOffset.UtcNow;
        var (deal, _, _) = await EmptyRecordsAsync();
        var record = await Client.Opportunities.GetAsync(deal);
        await Client.Opportunities.DeleteAsync(deal);
        var plan = new ChangePlan([Create(1, "opportunity", new
        {
            name = "Deal", primary_contact_id = record.PrimaryContactId, company_id = (long?)null, priority = (string?)null,
        }, oldId: deal)]);
        var path = NewPath();
        var left = NewPath();
        var network = new CuttingHandler(cutAt, afterSending) { OnCut = () => File.Copy(path, left) };
        using (var journal = ChangeJournal.Create(path, plan))
        {
            await RunAsync(Account.Connect(network), plan, journal);
        }

        Assert.True(network.HasCut);
        CopperPlanResult result;
        using (var journal = ChangeJournal.Resume(left))
        {
            result = Assert.Single(await RunAsync(Account.Connect(), journal.Plan, journal));
            Assert.True(result.Status == PlanStatus.Done, result.Reason);
        }

        Assert.Null((await Client.Opportunities.GetAsync(result.Id!.Value)).CompanyId);
        Account.Sandbox.ClearJournal();
        using (var journal = ChangeJournal.Resume(left))
        {
            await RunAsync(Account.Connect(), journal.Plan, journal);
        }

        Assert.Empty(Account.Writes);
    }

    [Fact]
    public async Task What_cannot_be_cleared_is_said()
    {
        var (deal, _, _) = await EmptyRecordsAsync();
        var record = await Client.Opportunities.GetAsync(deal);
        var plan = new ChangePlan(
            [Create(1, "opportunity", new { name = "Deal", primary_contact_id = record.PrimaryContactId, company_id = (long?)null })]);

        var results = await RunAsync(Account.Connect(new RejectingHandler("/opportunities/")), plan);

        Assert.Equal([PlanStatus.Done, PlanStatus.Failed], results.Select(static result => result.Status));
        Assert.Contains("filled in what was to be empty (Company)", results[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_type_of_a_task_that_nobody_can_write_is_said()
    {
        using var account = new SandboxAccount(static options => options.Tasks = 300);
        var other = (await account.Client.Metadata.CustomActivityTypes.GetAsync()).First(static type => type.IsDefaultTaskType != true);
        var tasks = new List<CopperTask>();
        await foreach (var task in account.Client.Tasks.Search(new Copper.Client.SearchQuery()))
        {
            tasks.Add(task);
        }

        var path = NewPath();
        using (var client = account.Connect())
        {
            using var journal = new SessionJournal(client, path);
            client.ChangeRecorder = journal;
            foreach (var task in tasks)
            {
                await client.Tasks.DeleteAsync(task.Id);
            }
        }

        var plan = await new UndoPlanner(account.Client).PlanAsync(ChangeJournal.Read(path));

        var told = plan.Steps.Where(step => step.Reason?.Contains($"its type '{other.Name}'", StringComparison.Ordinal) == true);
        Assert.Equal(
            tasks.Where(task => task.CustomActivityTypeId == other.Id).Select(static task => task.Id).Order(),
            told.Select(static step => step.OldId!.Value).Order());
        Assert.NotEmpty(told);
    }

    /// <summary>An opportunity without the company of its primary contact, a task without a priority, a person without a contact
    /// type.</summary>
    private async Task<(long Deal, long Task, long Person)> EmptyRecordsAsync()
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines" });
        var contact = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["company_id"] = company.Id });
        var deal = await Client.Opportunities.CreateAsync(new JsonBody { ["name"] = "Deal", ["primary_contact_id"] = contact.Id });
        var cleared = new JsonBody { ["company_id"] = null, ["priority"] = null, ["win_probability"] = null };
        deal = await Client.Opportunities.UpdateAsync(deal.Id, cleared);
        Assert.Equal((null, null, null), (deal.CompanyId, deal.Priority, deal.WinProbability));
        var task = await Client.Tasks.CreateAsync(new JsonBody { ["name"] = "Call", ["priority"] = null });
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Bob", ["contact_type_id"] = null });
        return (deal.Id, task.Id, person.Id);
    }
}
