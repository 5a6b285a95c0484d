using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

public sealed class RestoreTests : RestoreTest
{
    [Fact]
    public async Task What_was_deleted_comes_back_with_all_that_belonged_to_it_and_a_second_run_writes_nothing()
    {
        using var account = NewSmallAccount();
        var before = await ImageAsync(account.Client);
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await DeleteAsync(account.Client);
        Assert.NotEqual(before, await ImageAsync(account.Client));
        account.Sandbox.ClearJournal();

        var plan = await PlanAsync(account.Client, snapshot);
        Assert.Empty(account.Writes);
        var results = await RunAsync(account.Client, plan);

        AssertDone(results);
        Assert.Equal(before, await ImageAsync(account.Client));

        var again = await PlanAsync(account.Client, snapshot);
        Assert.Empty(Writes(again));
        Assert.Contains(again.Steps, static step => step.Reason!.StartsWith("It is there already", StringComparison.Ordinal));
    }

    /// <summary>COPPER_TEST_RESTORED says how many records are deleted and restored, their activities not counted.</summary>
    [Fact]
    public async Task What_the_plan_says_is_what_happens_for_many_records_of_all_kinds()
    {
        var count = int.Parse(
            Environment.GetEnvironmentVariable("COPPER_TEST_RESTORED") ?? "150", System.Globalization.CultureInfo.InvariantCulture);
        using var account = NewAccount(options =>
        {
            options.People = count / 2;
            options.Companies = count / 5;
            options.Leads = count / 4;
            options.Opportunities = count / 8;
            options.Projects = count / 20;
            options.Tasks = count / 6;
            options.Activities = count;
        });
        var before = await ImageAsync(account.Client);
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var random = new Random(1);
        var all = CopperEntities.Primary.SelectMany(entity => snapshot.ReadRaw(entity).Select(record => (entity.Name, record.Id)))
            .OrderBy(_ => random.Next()).Take(count).ToArray();
        foreach (var (entity, id) in all)
        {
            await RecordAccess.Of(account.Client, entity).DeleteAsync(id, default);
        }

        var plan = await PlanAsync(account.Client, snapshot);
        Assert.Equal(count, plan.Steps.Count(static step => step.Action == PlanAction.Create && step.Entity != "activity"));
        account.Sandbox.ClearJournal();
        var results = await RunAsync(account.Client, plan);

        Assert.All(plan.Steps.Where(static step => step.Action is PlanAction.Create or PlanAction.Update), step =>
            Assert.Equal(PlanStatus.Done, Assert.Single(results, result => result.Step == step.Step).Status));
        Assert.DoesNotContain(account.Sandbox.Journal, static entry => entry.Status >= 400);
        Assert.Equal(string.Join('\n', before), string.Join('\n', await ImageAsync(account.Client)));
        Assert.Empty(Writes(await PlanAsync(account.Client, snapshot)));
    }

    [Fact]
    public async Task Relations_and_connections_come_back_where_the_snapshot_has_them()
    {
        using var account = NewSmallAccount();
        var before = await AccountImage.LinksOfAsync(account.Client);
        var records = await ImageAsync(account.Client);
        using var snapshot = await BackupAsync(account.Client, NewFolder(), new BackupOptions
        {
            Include = [SnapshotContent.Activity, SnapshotContent.Relation, SnapshotContent.Connection],
        });
        await DeleteAsync(account.Client);
        Assert.NotEqual(before, await AccountImage.LinksOfAsync(account.Client));

        AssertDone(await RestoreAsync(account.Client, snapshot));

        Assert.Equal(string.Join('\n', before), string.Join('\n', await AccountImage.LinksOfAsync(account.Client)));
        Assert.Equal(string.Join('\n', records), string.Join('\n', await ImageAsync(account.Client)));
        Assert.Empty(Writes(await PlanAsync(account.Client, snapshot)));
    }

    [Fact]
    public async Task Connect_fields_that_cannot_come_back_are_told()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var connect = (await account.Client.Metadata.CustomFieldDefinitions.GetAsync()).Where(static field => field.DataType == "Connect")
            .ToDictionary(static field => field.Id);
        var company = snapshot.ReadRecords("company").OfType<CopperCompany>().First(record => record.CustomFields.Any(field =>
            connect.ContainsKey(field.DefinitionId!.Value) && !field.IsEmpty));
        Assert.Empty((await PlanAsync(account.Client, snapshot)).Steps);
        foreach (var connection in await account.Client.Connections.GetAsync(company))
        {
            await account.Client.Connections.RemoveAsync(connection.Id);
        }

        var planner = new RestorePlanner(account.Client);
        var plan = await planner.PlanAsync(snapshot);

        Assert.NotEmpty(planner.ConnectFields);
        var step = Assert.Single(plan.Steps, step => step.Entity == "company" && step.Id == company.Id);
        Assert.Equal(PlanAction.Skip, step.Action);
        Assert.Contains($"Only {planner.ConnectFields.First()}", step.Reason);
        Assert.Contains("the snapshot has no connections", step.Reason);
        planner = new RestorePlanner(account.Client, new RestoreOptions { Properties = ["Name"] });
        Assert.Empty((await planner.PlanAsync(snapshot)).Steps);
        Assert.Empty(planner.ConnectFields);
    }

    [Fact]
    public async Task People_companies_leads_and_activities_are_created_ten_in_a_request()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await DeleteAsync(account.Client);
        var plan = await PlanAsync(account.Client, snapshot);
        account.Sandbox.ClearJournal();
        await RunAsync(account.Client, plan);

        CopperEntity[] entities = [CopperEntities.Person, CopperEntities.Company, CopperEntities.Lead, CopperEntities.Activity];
        foreach (var entity in entities)
        {
            var created = plan.Steps.Count(step => step.Action == PlanAction.Create && step.Entity == entity.Name);
            Assert.True(created > 1);
            Assert.Equal(
                (created + 9) / 10,
                account.Writes.Count(write => Regex.IsMatch(write, $"^POST /{entity.Path}(/bulk_create)?$")));
        }
    }

    [Fact]
    public async Task What_was_changed_gets_its_values_back_and_nothing_else_is_touched()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var before = await ImageAsync(account.Client);
        account.Now = account.Now.AddHours(1);
        foreach (var id in Enumerable.Range(5, 25))
        {
            await account.Client.People.UpdateAsync(id, new JsonBody { ["title"] = "Oops", ["tags"] = new[] { "oops" } });
        }

        await account.Client.Opportunities.UpdateAsync(30_000_002, new JsonBody { ["monetary_value"] = 1, ["status"] = "Won" });
        account.Sandbox.ClearJournal();

        var results = await RestoreAsync(account.Client, snapshot, new RestoreOptions { Scope = RestoreScope.Changed });

        Assert.Equal(26, results.Count);
        Assert.All(results, static result => Assert.Equal(PlanStatus.Done, result.Status));
        Assert.Equal(before, await ImageAsync(account.Client));
        Assert.Equal(3 + 1, account.Writes.Count);
    }

    [Fact]
    public async Task Only_some_properties_or_some_records_can_be_restored()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        account.Now = account.Now.AddHours(1);
        await account.Client.People.UpdateAsync(5, new JsonBody { ["title"] = "Oops", ["details"] = "New words" });
        await account.Client.People.UpdateAsync(6, new JsonBody { ["title"] = "Oops" });
        await account.Client.People.DeleteAsync(7);

        var plan = await PlanAsync(account.Client, snapshot, new RestoreOptions
        {
            Entities = ["person"], Scope = RestoreScope.Changed, Properties = ["Title"],
        });
        Assert.Equal([5L, 6L], Writes(plan).Select(static step => step.Id!.Value));
        Assert.All(Writes(plan), static step => Assert.Equal(["title"], step.Body().Names));

        plan = await PlanAsync(account.Client, snapshot, new RestoreOptions { Entities = ["person"], Ids = [5, 7] });
        Assert.Equal(
            ["Create person", "Update person"],
            Writes(plan).Where(static step => step.Entity == "person").Select(static step => $"{step.Action} {step.Entity}"));

        plan = await PlanAsync(account.Client, snapshot, new RestoreOptions { Entities = ["person"], Scope = RestoreScope.Missing });
        Assert.Equal(7, Assert.Single(Writes(plan), static step => step.Entity == "person").OldId);

        var exception = await Assert.ThrowsAsync<SnapshotException>(() => PlanAsync(
            account.Client, snapshot, new RestoreOptions { Properties = ["Titel"] }));
        Assert.Contains("No property 'Titel'", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<SnapshotException>(() => PlanAsync(
            account.Client, snapshot, new RestoreOptions { Entities = ["person"], Ids = [99_999] }));
        Assert.Contains("no person with the id 99999", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_record_costs_few_requests_and_refers_to_what_is_there()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var person = await account.Client.People.GetAsync(7);
        Assert.NotNull(person.CompanyId);
        await account.Client.People.DeleteAsync(7);
        account.Sandbox.ClearJournal();

        var plan = await PlanAsync(account.Client, snapshot, new RestoreOptions { Entities = ["person"], Ids = [7] });

        Assert.InRange(account.Requests.Count, 1, 20);
        Assert.Equal(person.CompanyId, Assert.Single(Writes(plan), static step => step.Entity == "person").Body()["company_id"]);
        var restored = Assert.Single(await RunAsync(account.Client, plan), static result => result.Entity == "person");
        Assert.Equal(person.CompanyName, (await account.Client.People.GetAsync(restored.Id!.Value)).CompanyName);
        Assert.Empty(Writes(await PlanAsync(account.Client, snapshot, new RestoreOptions { Entities = ["person"], Ids = [7] })));
    }

    [Theory]
    [InlineData(RestoreConflict.Hold)]
    [InlineData(RestoreConflict.Skip)]
    [InlineData(RestoreConflict.Overwrite)]
    public async Task An_address_that_somebody_else_has_by_now_is_a_conflict(RestoreConflict conflict)
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var person = await account.Client.People.GetAsync(7);
        await account.Client.People.DeleteAsync(7);
        var other = await account.Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Somebody Else",
            ["emails"] = new[] { new JsonBody { ["email"] = person.Emails[0].Email, ["category"] = "work" } },
        });

        var results = await RestoreAsync(
            account.Client, snapshot, new RestoreOptions { Entities = ["person"], Conflict = conflict });

        var result = Assert.Single(results, static result => result.Entity == "person");
        Assert.Equal(
            conflict switch
            {
                RestoreConflict.Hold => PlanStatus.Held,
                RestoreConflict.Skip => PlanStatus.Skipped,
                _ => PlanStatus.Done,
            },
            result.Status);
        Assert.Equal(
            conflict == RestoreConflict.Overwrite ? person.Name : "Somebody Else",
            (await account.Client.People.GetAsync(other.Id)).Name);
    }

    [Fact]
    public async Task A_record_that_may_have_been_restored_and_edited_is_not_created_again()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder(), new BackupOptions { Clock = () => account.Now });
        await account.Client.Leads.DeleteAsync(20_000_005);
        account.Now = account.Now.AddHours(1);
        var restored = Assert.Single(await RestoreAsync(account.Client, snapshot, new RestoreOptions { Entities = ["lead"] }));
        await account.Client.Leads.UpdateAsync(restored.Id!.Value, new JsonBody { ["details"] = "Edited since" });

        var step = Assert.Single((await PlanAsync(account.Client, snapshot, new RestoreOptions { Entities = ["lead"] })).Steps);

        Assert.Equal(PlanAction.Hold, step.Action);
        Assert.Contains($"lead {restored.Id} has the same name", step.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_that_was_converted_since_stays_converted()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await account.Client.SendAsync(new CopperRequest(HttpMethod.Post, "leads/20000003/convert", []));

        var step = Assert.Single((await PlanAsync(account.Client, snapshot, new RestoreOptions { Entities = ["lead"] })).Steps);

        Assert.Equal(PlanAction.Skip, step.Action);
        Assert.Contains("was converted since", step.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_gets_all_records_with_its_own_users_lists_and_fields()
    {
        using var account = NewSmallAccount();
        var before = await ImageAsync(account.Client);
        using var snapshot = await BackupAsync(account.Connect(OtherIds()), NewFolder());
        Assert.NotEqual(100_624, snapshot.Manifest.AccountId);
        using var empty = NewAccount(static options =>
        {
            options.People = options.Companies = options.Leads = options.Opportunities = options.Tasks = options.Projects = 0;
            options.Activities = 0;
        });

        var plan = await PlanAsync(empty.Client, snapshot);
        var results = await RunAsync(empty.Client, plan);

        AssertDone(results);

        // An address without a category counts as work when it is written.
        var expected = string.Join('\n', before).Replace("\"category\":null", "\"category\":\"work\"", StringComparison.Ordinal);
        Assert.Equal(expected, string.Join('\n', await ImageAsync(empty.Client)));
        Assert.Empty(Writes(await PlanAsync(empty.Client, snapshot)));
    }

    [Fact]
    public async Task Users_are_mapped_as_they_are_told_to_and_one_who_is_nobody_is_left_out()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var users = await account.Client.Metadata.Users.GetAsync();
        var vera = users.First(static user => user.Name == "Vera Novak");
        var jonas = users.First(static user => user.Name == "Jonas Weber");
        await account.Client.People.UpdateAsync(7, new JsonBody { ["assignee_id"] = vera.Id });
        using var changed = await BackupAsync(account.Client, NewFolder());
        await account.Client.People.DeleteAsync(7);

        var step = Writes(await PlanAsync(account.Client, changed, new RestoreOptions
        {
            Entities = ["person"], Ids = [7], Users = new Dictionary<string, string?> { [vera.Email!] = "jonas weber" },
        })).Single(static step => step.Entity == "person");
        Assert.Equal(jonas.Id, step.Body()["assignee_id"]);

        step = Writes(await PlanAsync(account.Client, changed, new RestoreOptions
        {
            Entities = ["person"], Ids = [7], Users = new Dictionary<string, string?> { ["Vera Novak"] = null },
        })).Single(static step => step.Entity == "person");
        Assert.Null(step.Body()["assignee_id"]);
        Assert.Contains("user 'Vera Novak'", step.Reason, StringComparison.Ordinal);

        var exception = await Assert.ThrowsAsync<SnapshotException>(() => PlanAsync(account.Client, changed, new RestoreOptions
        {
            Users = new Dictionary<string, string?> { ["Vera Novak"] = "Nobody" },
        }));
        Assert.Contains("has no user 'Nobody'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Custom_fields_that_the_account_lacks_are_created_first_with_their_choices(bool isSame)
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(isSame ? account.Client : account.Connect(OtherIds()), NewFolder());
        var before = await FieldsAsync(account.Client);
        using var target = isSame ? account : NewAccount(static options => options.People = options.Companies = options.Leads =
            options.Opportunities = options.Tasks = options.Projects = options.Activities = 0);
        if (isSame)
        {
            foreach (var id in Enumerable.Range(2, 20))
            {
                await account.Client.People.DeleteAsync(id);
            }
        }

        var fields = (await target.Client.Metadata.CustomFieldDefinitions.GetAsync()).Where(static field => field.DataType != "Connect");
        foreach (var field in fields.ToArray())
        {
            await target.Client.CustomFieldDefinitions.DeleteAsync(field.Id);
        }

        target.Client.Metadata.CustomFieldDefinitions.Forget();
        var plan = await PlanAsync(target.Client, snapshot);
        Assert.All(plan.Steps.Take(5), static step => Assert.Equal("Create custom field definition", $"{step.Action} {step.Entity}"));
        AssertDone(await RunAsync(target.Client, plan));

        var after = await FieldsAsync(target.Client);
        Assert.Equal(string.Join('\n', before), string.Join('\n', after));
        Assert.Empty(Writes(await PlanAsync(target.Client, snapshot)));
    }

    /// <summary>
    /// Whether a field may be created is the service's to say: the records come without its values then, and that is said.
    /// </summary>
    [Fact]
    public async Task A_custom_field_that_cannot_be_created_is_named_by_each_record_that_had_a_value()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var score = (await account.Client.Metadata.CustomFieldDefinitions.GetAsync()).First(static field => field.Name == "Score");
        await account.Client.CustomFieldDefinitions.DeleteAsync(score.Id);
        var ids = snapshot.ReadRecords("person").Cast<CopperPerson>().Where(person => person.CustomFields.Exists(
            field => field.DefinitionId == score.Id && !field.IsEmpty)).Take(3).Select(static person => person.Id).ToArray();
        foreach (var id in ids)
        {
            await account.Client.People.DeleteAsync(id);
        }

        account.Client.Metadata.CustomFieldDefinitions.Forget();
        var plan = await PlanAsync(account.Client, snapshot, new RestoreOptions { Entities = ["person"], Ids = ids });
        var network = new HookHandler
        {
            Before = static (_, request) =>
            {
                if (request.StartsWith("POST", StringComparison.Ordinal) && request.Contains("custom_field", StringComparison.Ordinal))
                {
                    throw new HttpRequestException("The connection is cut.");
                }
            },
        };
        var results = await RunAsync(account.Connect(network), plan);

        Assert.Equal(3, results.Count(static result => result is { Action: PlanAction.Create, Entity: "person", Status: PlanStatus.Done }));
        var held = results.Where(static result => result.Status == PlanStatus.Held).ToArray();
        Assert.Equal(3, held.Length);
        Assert.All(held, static result => Assert.Contains("created without custom_fields", result.Reason, StringComparison.Ordinal));
    }

    /// <summary>Nobody knows whether the service takes activities of other users.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_service_takes_no_other_author_author_and_date_go_before_the_details(bool asOneRequest)
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await DeleteAsync(account.Client);
        var kept = (await ActivitiesAsync(account.Client)).Keys.ToHashSet();
        var self = await account.Client.GetCurrentUserAsync();
        var service = new AuthorRefusingHandler(self.Id, asOneRequest);
        AssertDone(await RunAsync(account.Connect(service), await PlanAsync(account.Client, snapshot)));

        var users = (await account.Client.Metadata.Users.GetAsync()).ToDictionary(static user => user.Id, static user => user.Name);
        var restored = (await ActivitiesAsync(account.Client)).Where(item => !kept.Contains(item.Key)).Select(static item => item.Value)
            .OrderBy(static activity => activity.ActivityDate).ToArray();
        var lost = snapshot.ReadRecords("activity").Cast<CopperActivity>()
            .Where(activity => !kept.Contains(activity.Id) && activity.Type?.Category == "user")
            .OrderBy(static activity => activity.ActivityDate).ToArray();
        Assert.NotEmpty(lost);
        Assert.Equal(
            lost.Select(activity => activity.UserId == self.Id
                ? $"{activity.ActivityDate:O} {activity.Details}"
                : $"{activity.ActivityDate:O} [{users[activity.UserId!.Value]}, {activity.ActivityDate:yyyy-MM-dd HH:mm} UTC] "
                    + $"{activity.Details}"),
            restored.Select(static activity => $"{activity.ActivityDate:O} {activity.Details}"));
        Assert.All(restored, activity => Assert.Equal(self.Id, activity.UserId));
        Assert.InRange(service.Refusals, 1, asOneRequest ? 20 : 1);
        Assert.Empty(Writes(await PlanAsync(account.Client, snapshot)));
    }

    private static async Task<Dictionary<long, CopperActivity>> ActivitiesAsync(CopperClient client)
    {
        var activities = new Dictionary<long, CopperActivity>();
        await foreach (var activity in client.Activities.Search(new SearchQuery()))
        {
            if (activity.Type?.Category == "user")
            {
                activities.Add(activity.Id, activity);
            }
        }

        return activities;
    }

    /// <summary>The values of custom fields by the names of records, fields and choices.</summary>
    private static async Task<string[]> FieldsAsync(CopperClient client)
    {
        client.Metadata.CustomFieldDefinitions.Forget();
        var fields = (await client.Metadata.CustomFieldDefinitions.GetAsync()).ToDictionary(static field => field.Id);
        string Shown(CopperCustomFieldDefinition field, object? value) => value is System.Collections.IEnumerable list and not string
            ? string.Join("; ", list.Cast<object?>().Select(item => Shown(field, item)))
            : field.Options.Find(option => option.Id == value as long?)?.Name ?? $"{value}";
        var lines = new List<string>();
        foreach (var name in CopperEntities.Primary.Select(static entity => entity.Name))
        {
            await foreach (var record in RecordAccess.Of(client, name).Search(new SearchQuery()))
            {
                lines.AddRange(((ICustomFieldRecord)record).CustomFields
                    .Where(field => !field.IsEmpty && field.Value is not false && fields[field.DefinitionId!.Value].DataType != "Connect")
                    .Select(field => $"{name} {record} {fields[field.DefinitionId!.Value].Name}: "
                        + Shown(fields[field.DefinitionId.Value], field.Value)));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static void AssertDone(IEnumerable<CopperPlanResult> results) => Assert.All(results, static result => Assert.True(
        result.Status is PlanStatus.Done or PlanStatus.Skipped, $"{result} {result.Reason}"));

    /// <summary>The same account with other ids of users, contact types, stages and custom fields.</summary>
    private static HookHandler OtherIds() => new()
    {
        Rewrite = static (request, text) =>
        {
            var ids = Regex.Replace(
                text, "\"(assignee_id|user_id|contact_type_id|pipeline_stage_id|custom_field_definition_id)\":(\\d+)", "\"$1\":77$2");
            var path = request[(request.IndexOf("/v1/", StringComparison.Ordinal) + 4)..];
            return path is "users/search" or "users/me" or "contact_types" or "pipeline_stages"
                ? Regex.Replace(ids, "\"id\":(\\d+)", "\"id\":77$1")
                : path == "custom_field_definitions"
                    ? Regex.Replace(ids, "\"id\":(\\d+)(?=,\"name\":\"[^\"]*\",\"data_type\")", "\"id\":77$1")
                : path == "pipelines"
                    ? Regex.Replace(ids, "\"id\":(\\d+)(?=[^{}\\[]*\"win_probability\")", "\"id\":77$1")
                : path == "account" ? ids.Replace("100624", "77", StringComparison.Ordinal)
                : ids;
        },
    };
}
