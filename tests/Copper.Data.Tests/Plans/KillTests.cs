using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Plans;

/// <summary>
/// A run that is ended at any request is resumed from what its journal holds at that moment: nothing is created twice, nothing is left out.
/// </summary>
public sealed class KillTests
{
    private static readonly PlanRunnerOptions NoWait = new() { Delay = static (_, _) => Task.CompletedTask };

    public static TheoryData<int, bool> Points()
    {
        var points = new TheoryData<int, bool>();
        for (var request = 1; request <= Requests; request++)
        {
            points.Add(request, false);
            points.Add(request, true);
        }

        return points;
    }

    /// <summary>The requests of the plan that write; a test sees that it has no more.</summary>
    private const int Requests = 14;

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_run_that_was_killed_is_resumed(int cutAt, bool afterSending)
    {
        var expected = await ExpectedAsync();
        using var account = new SandboxAccount();
        var plan = await PlanAsync(account);
        var folder = Directory.CreateTempSubdirectory("copper-kill-");
        try
        {
            var path = Path.Combine(folder.FullName, "run.jsonl");
            var left = Path.Combine(folder.FullName, "left.jsonl");
            var network = new CuttingHandler(cutAt, afterSending) { OnCut = () => File.Copy(path, left) };
            using (var journal = ChangeJournal.Create(path, plan))
            {
                await RunAsync(new PlanRunner(account.Connect(network), NoWait), plan, journal);
            }

            Assert.True(network.HasCut);
            using (var journal = ChangeJournal.Resume(left))
            {
                var results = await RunAsync(new PlanRunner(account.Connect(), NoWait), journal.Plan, journal);
                Assert.All(results, static result => Assert.True(result.Status == PlanStatus.Done, $"{result} {result.Reason}"));
                Assert.Equal(plan.Steps.Count, results.Count);
            }

            Assert.Equal(expected, await AccountImage.OfAsync(account.Client));

            account.Sandbox.ClearJournal();
            using (var journal = ChangeJournal.Resume(left))
            {
                await RunAsync(new PlanRunner(account.Connect(), NoWait), journal.Plan, journal);
            }

            // Only the reference that is set after its record was created is set again, to the same.
            Assert.All(account.Writes, static request => Assert.StartsWith("PUT /companies/", request));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_plan_has_as_many_requests_as_are_cut()
    {
        using var account = new SandboxAccount();
        var network = new CuttingHandler(int.MaxValue, false);
        await RunAsync(new PlanRunner(account.Connect(network), NoWait), await PlanAsync(account), null);

        Assert.Equal(Requests, network.Requests);
    }

    [Fact]
    public async Task A_journal_may_end_anywhere()
    {
        using var account = new SandboxAccount();
        var plan = await PlanAsync(account);
        var folder = Directory.CreateTempSubdirectory("copper-kill-");
        try
        {
            var path = Path.Combine(folder.FullName, "run.jsonl");
            using (var journal = ChangeJournal.Create(path, plan))
            {
                await RunAsync(new PlanRunner(account.Client, NoWait), plan, journal);
            }

            var whole = await File.ReadAllBytesAsync(path);
            var torn = Path.Combine(folder.FullName, "torn.jsonl");
            var resumed = 0;
            for (var length = 0; length < whole.Length; length += 211)
            {
                await File.WriteAllBytesAsync(torn, whole[..length]);
                if (length == 0 || Array.IndexOf(whole, (byte)'\n', 0, length) < 0)
                {
                    Assert.ThrowsAny<PlanException>(() => ChangeJournal.Resume(torn).Dispose());
                }
                else if (ChangeJournal.CanResume(torn))
                {
                    using var journal = ChangeJournal.Resume(torn);
                    Assert.True(journal.IsOf(plan));
                    resumed++;
                }
                else
                {
                    Assert.Contains("before anything was sent", Assert.Throws<PlanException>(() => ChangeJournal.Resume(torn)).Message);
                }
            }

            Assert.True(resumed > 10);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Somebody_else_who_changes_a_record_after_the_kill_is_respected()
    {
        using var account = new SandboxAccount();
        var person = await account.Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["title"] = "CEO" });
        var plan = new ChangePlan([PlanTest.Update(1, "person", person.Id, new { title = "CTO" }, new { title = "CEO" })]);
        var folder = Directory.CreateTempSubdirectory("copper-kill-");
        try
        {
            var path = Path.Combine(folder.FullName, "run.jsonl");
            using (var journal = ChangeJournal.Create(path, plan))
            {
                var result = Assert.Single(await RunAsync(
                    new PlanRunner(account.Connect(new CuttingHandler(1, false)), NoWait), plan, journal));
                Assert.Equal(PlanStatus.Unknown, result.Status);
            }

            await account.Client.People.UpdateAsync(person.Id, new JsonBody { ["title"] = "CFO" });
            using (var journal = ChangeJournal.Resume(path))
            {
                var result = Assert.Single(await RunAsync(new PlanRunner(account.Client, NoWait), plan, journal));
                Assert.Equal(PlanStatus.Held, result.Status);
            }

            Assert.Equal("CFO", (await account.Client.People.GetAsync(person.Id)).Title);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_create_that_could_be_another_record_is_held()
    {
        using var account = new SandboxAccount();
        var plan = new ChangePlan([PlanTest.Create(1, "person", new { name = "Ada Lovelace", title = "Countess" })]);
        var folder = Directory.CreateTempSubdirectory("copper-kill-");
        try
        {
            account.Now = DateTimeOffset.UtcNow;
            var path = Path.Combine(folder.FullName, "run.jsonl");
            using (var journal = ChangeJournal.Create(path, plan))
            {
                await RunAsync(new PlanRunner(account.Connect(new CuttingHandler(1, false)), NoWait), plan, journal);
            }

            await account.Client.People.CreateAsync(new JsonBody { ["name"] = "Ada Lovelace" });
            using (var journal = ChangeJournal.Resume(path))
            {
                var result = Assert.Single(await RunAsync(new PlanRunner(account.Client, NoWait), plan, journal));
                Assert.Equal(PlanStatus.Held, result.Status);
                Assert.Contains("look at person", result.Reason);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("""[{"name":"Ada Lovelace"}]""")]
    [InlineData("""[{"id":7,"name":"N1","emails":["a@x.example"],"date_created":4000000000}]""")]
    [InlineData("""["Ada Lovelace"]""")]
    [InlineData("<html>")]
    public async Task A_create_is_held_while_what_was_created_since_cannot_be_read(string response)
    {
        using var account = new SandboxAccount();
        account.Now = DateTimeOffset.UtcNow;
        var plan = new ChangePlan([PlanTest.Create(
            1, "person", new { name = "Ada Lovelace", emails = new[] { new { email = "a@x.example", category = "work" } } })]);
        var folder = Directory.CreateTempSubdirectory("copper-kill-");
        try
        {
            var path = Path.Combine(folder.FullName, "run.jsonl");
            using (var journal = ChangeJournal.Create(path, plan))
            {
                await RunAsync(new PlanRunner(account.Connect(new CuttingHandler(1, true)), NoWait), plan, journal);
            }

            var garbled = account.Connect(new HookHandler
            {
                Rewrite = (request, body) => request.EndsWith("/people/search", StringComparison.Ordinal) ? response : body,
            });
            account.Sandbox.ClearJournal();
            using (var journal = ChangeJournal.Resume(path))
            {
                var result = Assert.Single(await RunAsync(new PlanRunner(garbled, NoWait), plan, journal));
                Assert.True(result.Status == PlanStatus.Held, $"{result} {result.Reason}");
                Assert.Contains("cannot all be read", result.Reason, StringComparison.Ordinal);
            }

            Assert.Empty(account.Writes);
            using (var journal = ChangeJournal.Resume(path))
            {
                var result = Assert.Single(await RunAsync(new PlanRunner(account.Connect(), NoWait), plan, journal));
                Assert.Equal(PlanStatus.Done, result.Status);
            }

            Assert.Empty(account.Writes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_create_is_not_repeated_before_a_search_would_show_it()
    {
        using var account = new SandboxAccount();
        account.Now = DateTimeOffset.UtcNow;
        var plan = new ChangePlan([PlanTest.Create(1, "task", new { name = "Call" })]);
        var folder = Directory.CreateTempSubdirectory("copper-kill-");
        try
        {
            var path = Path.Combine(folder.FullName, "run.jsonl");
            using (var journal = ChangeJournal.Create(path, plan))
            {
                await RunAsync(new PlanRunner(account.Connect(new CuttingHandler(1, true)), NoWait), plan, journal);
            }

            var waits = new List<TimeSpan>();
            using (var journal = ChangeJournal.Resume(path))
            {
                var options = new PlanRunnerOptions { Delay = (wait, _) => { waits.Add(wait); return Task.CompletedTask; } };
                var result = Assert.Single(await RunAsync(new PlanRunner(account.Client, options), plan, journal));
                Assert.Equal(PlanStatus.Done, result.Status);
            }

            Assert.InRange(Assert.Single(waits), TimeSpan.Zero, TimeSpan.FromSeconds(31));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> ExpectedAsync()
    {
        using var account = new SandboxAccount();
        await RunAsync(new PlanRunner(account.Client, NoWait), await PlanAsync(account), null);
        return await AccountImage.OfAsync(account.Client);
    }

    /// <summary>Creates in bulk and singly, two of them alike; updates in bulk and singly; a person who moves; deletes.</summary>
    internal static async Task<ChangePlan> PlanAsync(SandboxAccount account)
    {
        account.Now = DateTimeOffset.UtcNow;
        var people = new List<CopperPerson>();
        await foreach (var person in account.Client.People.Search(new SearchQuery { First = 20 }))
        {
            people.Add(person);
        }

        var steps = new List<CopperPlanStep>
        {
            PlanTest.Create(1, "company", new { name = "Engines", primary_contact_id = -2 }, oldId: -1),
            PlanTest.Create(2, "person", new { name = "Ada", company_id = -1 }, oldId: -2),
            PlanTest.Create(3, "person", new { name = "Twin" }),
            PlanTest.Create(4, "person", new { name = "Twin" }),
            PlanTest.Create(5, "task", new { name = "Call", related_resource = new { id = -1, type = "company" } }),
            PlanTest.Create(6, "opportunity", new { name = "Deal", company_id = -1, primary_contact_id = -2, monetary_value = 12.5 }),
        };
        var number = steps.Count;
        steps.AddRange(Enumerable.Range(1, 20).Select(
            index => PlanTest.Create(++number, "person", new { name = $"New {index}", title = "Guest" })));
        steps.AddRange(people.Take(15).Select(person =>
            PlanTest.Update(++number, "person", person.Id, new { title = $"Title {person.Id}" }, new { title = person.Title })));
        steps.Add(PlanTest.Update(++number, "person", people[16].Id,
            new { company_id = people.Last(one => one.CompanyId is not null && one.CompanyId != people[16].CompanyId).CompanyId }));
        steps.AddRange(people.Skip(17).Take(2).Select(person => PlanTest.Delete(++number, "person", person.Id)));
        await foreach (var deal in account.Client.Opportunities.Search(new SearchQuery { First = 1 }))
        {
            steps.Add(PlanTest.Update(++number, "opportunity", deal.Id, new { monetary_value = 77 }));
        }

        return new ChangePlan(steps);
    }

    private static async Task<IReadOnlyList<CopperPlanResult>> RunAsync(PlanRunner runner, ChangePlan plan, ChangeJournal? journal)
    {
        var results = new List<CopperPlanResult>();
        await foreach (var result in runner.RunAsync(plan, journal))
        {
            results.Add(result);
        }

        return results;
    }
}
