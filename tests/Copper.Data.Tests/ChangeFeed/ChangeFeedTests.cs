using System.Net;
using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.ChangeFeed;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.ChangeFeed;

/// <summary>What a feed reports, with how many requests, and what it does not take for a deletion.</summary>
public sealed class ChangeFeedTests : ChangeFeedTest
{
    [Fact]
    public async Task A_state_is_committed_with_or_without_being_prepared_before()
    {
        using (var state = ChangeFeedState.Open(StatePath))
        {
            await foreach (var _ in new ChangeFeedReader(Client, state).ReadAsync())
            {
                Assert.False(File.Exists(StatePath));
            }

            state.Prepare();
            Assert.False(File.Exists(StatePath));
            state.Commit();
        }

        Account.Now = Account.Now.AddHours(1);
        var person = await Client.People.CreateAsync(new PersonCreate { Name = "Ada Lovelace" });
        for (var run = 0; run < 2; run++)
        {
            using var state = ChangeFeedState.Open(StatePath);
            var changed = new List<long>();
            await foreach (var change in new ChangeFeedReader(Client, state).ReadAsync())
            {
                changed.Add(change.Id);
            }

            state.Commit();
            Assert.Equal(run == 0 ? [person.Id] : [], changed);
        }
    }

    [Fact]
    public async Task The_first_run_reports_all_records_and_the_second_nothing_with_eight_requests()
    {
        var first = await RunAsync();
        Assert.All(first, static change => Assert.Equal((CopperChangeKind.Created, true), (change.Change, change.Record is not null)));
        Assert.Equal((await AccountAsync()).Count, first.Count);

        Account.Now = Account.Now.AddHours(1);
        Account.Sandbox.ClearJournal();
        Assert.Empty(await RunAsync());
        Assert.InRange(Account.Requests.Count, 1, 8);
    }

    [Fact]
    public async Task A_change_says_what_was_and_what_is_by_the_names_of_properties()
    {
        await RunAsync();
        Account.Now = Account.Now.AddHours(1);
        var score = (await Client.Metadata.CustomFieldDefinitions.GetAsync()).First(static field => field.Name == "Score");
        await Client.People.UpdateAsync(7, new JsonBody
        {
            ["title"] = "Countess",
            ["custom_fields"] = new[] { new JsonBody { ["custom_field_definition_id"] = score.Id, ["value"] = 4.5 } },
        });

        var change = Assert.Single(await RunAsync());

        Assert.Equal((CopperChangeKind.Changed, "person", 7), (change.Change, change.Entity, change.Id));
        Assert.Equal(["Score", "Title"], change.Properties.Order());
        Assert.Equal(("Countess", 4.5m), (change.After!["Title"], change.After["Score"]));
        Assert.Equal("Countess", ((CopperPerson)change.Record!).Title);
        Assert.Contains("Title='Countess'", change.After.ToString());
    }

    [Fact]
    public async Task What_the_overlap_finds_again_is_not_reported_again()
    {
        await RunAsync();
        Account.Now = Account.Now.AddMinutes(1);
        await Client.People.UpdateAsync(7, new JsonBody { ["title"] = "Countess" });

        Assert.Single(await RunAsync());
        Account.Now = Account.Now.AddMinutes(1);
        Assert.Empty(await RunAsync());
    }

    [Fact]
    public async Task A_consumer_that_stops_gets_all_of_it_again()
    {
        await RunAsync();
        Account.Now = Account.Now.AddHours(1);
        foreach (var id in new[] { 1, 2, 3 })
        {
            await Client.People.UpdateAsync(id, new JsonBody { ["title"] = "Countess" });
        }

        foreach (var stop in new[] { 0, 1, 2 })
        {
            Assert.Equal(stop, (await RunAsync(stopAfter: stop)).Count);
        }

        Assert.Equal([1, 2, 3], (await RunAsync()).Select(static change => change.Id));
        Assert.Empty(await RunAsync());
    }

    /// <summary>A killed consumer may have written what it got: what has become of it since is reported, whatever it is.</summary>
    [Fact]
    public async Task What_a_killed_consumer_has_is_reported_again_or_as_deleted()
    {
        var other = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["company_id"] = 10000001 });
        await RunAsync(entities: ["person"]);
        await Client.RelatedItems.RemoveAsync(CopperEntities.Person, other.Id, CopperEntities.Company, 10000001);
        var task = await Client.Tasks.CreateAsync(new JsonBody { ["name"] = "Call" });
        var taken = await RunAsync(full: true, stopAfter: 1000, commits: false);
        Assert.Contains(taken, change => change is { Change: CopperChangeKind.Changed, Entity: "person" } && change.Id == other.Id);
        Assert.Contains(taken, change => change is { Change: CopperChangeKind.Created, Entity: "task" } && change.Id == task.Id);
        await File.AppendAllTextAsync(StatePath + ".open", "{\"entity\":\"pers");

        // It holds again what the state knows, and moves no time of modification; the task is gone.
        await Client.RelatedItems.AddAsync(CopperEntities.Person, other.Id, CopperEntities.Company, 10000001);
        await Client.Tasks.DeleteAsync(task.Id);

        var again = await RunAsync(full: true);
        Assert.Contains(again, change => change is { Change: CopperChangeKind.Changed, Entity: "person" } && change.Id == other.Id);
        var deleted = Assert.Single(await RunAsync(deleted: true));
        Assert.Equal((CopperChangeKind.Deleted, task.Id, "Call"), (deleted.Change, deleted.Id, deleted.Name));
        Assert.Empty(await RunAsync(deleted: true));
        Assert.Equal([StatePath], Directory.GetFiles(Folder));
    }

    /// <summary>What is written while a run reads belongs to the next one; what bears a date in the future moves no bookmark.</summary>
    [Fact]
    public async Task The_bookmark_ends_where_the_run_began()
    {
        await RunAsync();
        Account.Now = Account.Now.AddYears(1);
        await Client.People.UpdateAsync(1, new JsonBody { ["title"] = "From the future" });
        Account.Now = Account.Now.AddYears(-1).AddHours(1);
        Assert.Equal(1, Assert.Single(await RunAsync()).Id);

        Account.Now = Account.Now.AddHours(1);
        await Client.People.UpdateAsync(2, new JsonBody { ["title"] = "Countess" });

        Assert.Equal(2, Assert.Single(await RunAsync()).Id);
    }

    [Fact]
    public async Task A_converted_lead_is_converted_and_not_deleted()
    {
        var lead = await Client.Leads.CreateAsync(new JsonBody { ["name"] = "Ada Lovelace" });
        await RunAsync();
        Account.Now = Account.Now.AddHours(1);
        var conversion = await Client.LeadActions.ConvertAsync(lead.Id);

        var changes = await RunAsync(deleted: true);

        Assert.Equal(CopperChangeKind.Converted, changes.Single(static change => change.Entity == "lead").Change);
        Assert.Contains(
            changes, change => change is { Change: CopperChangeKind.Created, Entity: "person" } && change.Id == conversion.Person!.Id);
        Assert.DoesNotContain(changes, static change => change.Change == CopperChangeKind.Deleted);
        Assert.Empty(await RunAsync(deleted: true));
    }

    /// <summary>A conversion moves no time of modification: the person tells of it.</summary>
    [Fact]
    public async Task A_conversion_is_found_without_reading_all()
    {
        var lead = await Client.Leads.CreateAsync(new JsonBody { ["name"] = "Ada Lovelace" });
        await RunAsync();
        Account.Now = Account.Now.AddHours(1);
        await Client.LeadActions.ConvertAsync(lead.Id);

        Assert.Equal(CopperChangeKind.Converted, (await RunAsync()).Single(static change => change.Entity == "lead").Change);
    }

    [Fact]
    public async Task Rights_that_changed_before_a_run_without_deletions_are_noticed_by_the_next_one_with_them()
    {
        await RunAsync(deleted: true);
        Service.Hidden.Add(("people", 7));
        (Service.Status, Service.Rights) = (HttpStatusCode.NotFound, "fewer");
        await RunAsync();

        Assert.Empty(await RunAsync(deleted: true));
        Assert.Contains(Warnings, static warning => warning.Contains("not reported as deleted"));
    }

    [Fact]
    public async Task A_deleted_record_is_reported_once_with_what_it_held()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada Lovelace", ["title"] = "Countess" });
        await RunAsync();
        await Client.People.DeleteAsync(person.Id);
        Assert.Empty(await RunAsync());

        var change = Assert.Single(await RunAsync(deleted: true));

        Assert.Equal((CopperChangeKind.Deleted, "Ada Lovelace", null), (change.Change, change.Name, change.Record));
        Assert.Equal("Countess", change.Before!["Title"]);
        Assert.Null(change.After);
        Assert.Empty(await RunAsync(deleted: true));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "all")]
    [InlineData(HttpStatusCode.NotFound, "fewer")]
    public async Task What_the_user_may_not_see_any_more_is_not_deleted_and_comes_back_as_what_changed(HttpStatusCode status, string rights)
    {
        await RunAsync();
        Service.Hidden.Add(("people", 7));
        (Service.Status, Service.Rights) = (status, rights);

        Assert.Empty(await RunAsync(deleted: true));
        Assert.Contains("not reported as deleted", Assert.Single(Warnings));
        Assert.Empty(await RunAsync(deleted: true));

        Service.Hidden.Clear();
        Account.Now = Account.Now.AddHours(1);
        await Client.People.UpdateAsync(7, new JsonBody { ["title"] = "Countess" });
        Assert.Equal(CopperChangeKind.Changed, Assert.Single(await RunAsync(deleted: true)).Change);
    }

    [Fact]
    public async Task A_record_that_searches_show_late_is_not_deleted()
    {
        await RunAsync();
        Service.Hidden.Add(("people", 7));
        Service.Status = HttpStatusCode.OK;

        Assert.Empty(await RunAsync(deleted: true));
    }

    /// <summary>Searches may reject a word of sorting, or take no notice of it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_a_search_does_not_sort_by_modification_all_are_read_and_that_is_said_once(bool rejects)
    {
        for (var number = 0; number < 200; number++)
        {
            await Client.People.CreateAsync(new JsonBody { ["name"] = $"Person {number}" });
        }

        await RunAsync();
        Account.Now = Account.Now.AddDays(1);
        await Client.People.UpdateAsync(7, new JsonBody { ["title"] = "Countess" });
        if (rejects)
        {
            Service.Rejected = ("sort_by", "date_modified");
        }
        else
        {
            Service.Ignored = "sort_by";
        }

        Assert.Equal(7, Assert.Single(await RunAsync()).Id);
        Assert.Contains("does not sort people by modification", Assert.Single(Warnings, warning => warning.Contains("people")));
    }

    /// <summary>What was modified out of sight bears an old date when it can be seen again, and nobody's rights have changed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(250)]
    public async Task What_was_changed_and_created_out_of_sight_comes_when_it_is_seen(int others)
    {
        for (var number = 0; number < others; number++)
        {
            await Client.People.CreateAsync(new JsonBody { ["name"] = $"Person {number}" });
        }

        var other = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada" });
        await RunAsync();
        Service.Hidden.Add(("people", 7));
        Service.Status = HttpStatusCode.Forbidden;
        Account.Now = Account.Now.AddHours(1);
        await Client.People.UpdateAsync(7, new JsonBody { ["title"] = "Countess" });
        var task = await Client.Tasks.CreateAsync(new JsonBody { ["name"] = "Call" });
        Service.Hidden.Add(("tasks", task.Id));
        Assert.Empty(await RunAsync());
        Account.Now = Account.Now.AddHours(1);
        Assert.Empty(await RunAsync());

        // As many are deleted as come into sight: the number of records tells nothing.
        Service.Hidden.Clear();
        Account.Now = Account.Now.AddHours(1);
        await Client.Tasks.DeleteAsync(50000001);
        await Client.People.DeleteAsync(other.Id);

        Assert.Equal(["Changed person 7", $"Created task {task.Id}"], Short(await RunAsync()));
        Assert.Empty(await RunAsync());
        Assert.Equal([$"Deleted person {other.Id}", "Deleted task 50000001"], Short(await RunAsync(deleted: true)));
    }

    [Fact]
    public async Task Who_gets_other_rights_gets_all_that_has_come_into_sight()
    {
        (Service.Status, Service.Rights, Service.CountsHidden) = (HttpStatusCode.NotFound, "fewer", true);
        Service.Hidden.Add(("people", 7));
        await RunAsync();
        Account.Now = Account.Now.AddHours(1);
        Assert.Empty(await RunAsync());

        Service.Hidden.Clear();
        Service.Rights = "all";

        Assert.Equal(["Created person 7"], Short(await RunAsync()));
    }

    [Fact]
    public async Task A_count_that_is_an_upper_bound_costs_no_requests()
    {
        Service.Hidden.Add(("people", 7));
        Service.CountsHidden = true;
        await RunAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Account.Now = Account.Now.AddHours(1);
            Account.Sandbox.ClearJournal();
            Assert.Empty(await RunAsync());
            Assert.InRange(Account.Requests.Count, 1, 8);
        }
    }

    [Fact]
    public async Task More_changes_than_a_page_holds_all_come_and_a_deletion_meanwhile_hides_none()
    {
        for (var number = 0; number < 500; number++)
        {
            await Client.Tasks.CreateAsync(new JsonBody { ["name"] = $"Task {number}" });
        }

        var hook = new HookHandler();
        FeedClient = Account.Connect(hook);
        await RunAsync();
        Account.Now = Account.Now.AddHours(1);
        var tasks = (await AccountAsync()).Keys.Where(static key => key.Entity == "task").Select(static key => key.Id).Order().ToArray();
        foreach (var id in tasks.Skip(tasks.Length - 450))
        {
            await Client.Tasks.UpdateAsync(id, new JsonBody { ["details"] = "Changed." });
        }

        var pages = 0;
        hook.After = (_, text) =>
        {
            if (text.EndsWith("/tasks/search", StringComparison.Ordinal) && ++pages == 1)
            {
                // The first of the first page is gone before the second page is read.
                Client.Tasks.DeleteAsync(tasks[^450]).GetAwaiter().GetResult();
            }
        };
        var changes = await RunAsync();

        Assert.Equal(tasks.Skip(tasks.Length - 450), changes.Select(static change => change.Id).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_while_all_are_read_hides_none(bool withoutDates)
    {
        for (var number = 0; number < 500; number++)
        {
            Account.Now = Account.Now.AddSeconds(number % 3);
            await Client.Tasks.CreateAsync(new JsonBody { ["name"] = $"Task {number}" });
        }

        var pages = 0;
        var hook = new HookHandler
        {
            After = (_, text) =>
            {
                if (text.EndsWith("/tasks/search", StringComparison.Ordinal) && ++pages == 1)
                {
                    Client.Tasks.DeleteAsync(50000001).GetAwaiter().GetResult();
                }
            },
            Rewrite = (_, text) => withoutDates ? Regex.Replace(text, "\"date_created\":\\d+", "\"date_created\":null") : text,
        };
        FeedClient = Account.Connect(hook);

        var known = (await RunAsync(entities: ["task"])).Select(static change => change.Id).ToHashSet();

        var tasks = (await AccountAsync()).Keys.Where(static key => key.Entity == "task").Select(static key => key.Id);
        Assert.Subset(known, tasks.ToHashSet());
        Assert.Empty(await RunAsync(entities: ["task"]));
    }

    private static IEnumerable<string> Short(IEnumerable<CopperChange> changes) =>
        changes.Select(static change => $"{change.Change} {change.Entity} {change.Id}");

    [Fact]
    public async Task A_full_run_finds_what_moves_no_time_of_modification()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["company_id"] = 10000001 });
        await RunAsync();
        Account.Now = Account.Now.AddHours(1);
        await Client.RelatedItems.RemoveAsync(CopperEntities.Person, person.Id, CopperEntities.Company, 10000001);

        var change = Assert.Single(await RunAsync(full: true));

        Assert.Contains("CompanyId", change.Properties);
    }

    [Fact]
    public async Task Activities_are_read_whole_and_only_when_they_are_asked_for()
    {
        await RunAsync(entities: ["activity"]);
        await Client.Activities.CreateAsync(new JsonBody
        {
            ["parent"] = new JsonBody { ["id"] = 1, ["type"] = "person" },
            ["type"] = new JsonBody { ["category"] = "user", ["id"] = 0 },
            ["details"] = "Called.",
            ["activity_date"] = 1_000_000_000,
        });

        var change = Assert.Single(await RunAsync(entities: ["activity"]));

        Assert.Equal((CopperChangeKind.Created, "activity"), (change.Change, change.Entity));
        Assert.Contains("Activities cannot be searched by modification", Assert.Single(Warnings));
    }

    [Fact]
    public async Task An_entity_that_is_added_later_is_reported_whole()
    {
        await RunAsync(entities: ["person"]);

        Assert.All(await RunAsync(entities: ["person", "task"]), static change => Assert.Equal("task", change.Entity));
    }

    [Fact]
    public async Task The_state_is_of_one_account()
    {
        await RunAsync();
        using var other = new Support.SandboxAccount(static options => options.AccountName = "Other");
        using var state = ChangeFeedState.Open(StatePath);
        state.AccountId = 4711;

        var feed = new ChangeFeedReader(other.Client, state);
        var failure = await Assert.ThrowsAsync<ChangeFeedException>(
            async () => await feed.ReadAsync().GetAsyncEnumerator().MoveNextAsync());

        Assert.Contains("of the account 4711", failure.Message);
    }

    [Fact]
    public async Task The_state_is_its_owners_only_used_by_one_run_and_what_is_damaged_is_said()
    {
        await RunAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StatePath));
        }

        using (ChangeFeedState.Open(StatePath))
        {
            Assert.Contains("used by another run", Assert.Throws<ChangeFeedException>(() => ChangeFeedState.Open(StatePath)).Message);
        }

        var whole = await File.ReadAllBytesAsync(StatePath);
        // The last eight bytes are a checksum: without it everything is there.
        for (var length = 1; length < whole.Length - 64; length += whole.Length / 20)
        {
            await File.WriteAllBytesAsync(StatePath, whole[..length]);
            Assert.Contains("is damaged", Assert.Throws<ChangeFeedException>(() => ChangeFeedState.Open(StatePath)).Message);
        }

        await File.WriteAllTextAsync(StatePath, "name,title\nAda,Countess");
        Assert.Throws<ChangeFeedException>(() => ChangeFeedState.Open(StatePath));
        await File.WriteAllBytesAsync(StatePath, whole);
        Assert.Empty(await RunAsync());
        Assert.Equal([StatePath], Directory.GetFiles(Folder));
    }
}
