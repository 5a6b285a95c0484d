using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Configuration;
using Copper.Data.Plans;
using Copper.Data.Tests.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Configuration;

/// <summary>What one account is set up like is brought into another one, and nothing that is in use is lost.</summary>
public sealed class ConfigurationTests : PlanTest
{
    [Fact]
    public async Task After_an_import_into_a_new_account_only_what_is_done_by_hand_remains_and_the_second_import_writes_nothing()
    {
        await Client.Webhooks.CreateAsync(Webhook("https://hooks.example/people", "person", "new"));
        var secret = Webhook("https://hooks.example/leads", "lead", "update");
        secret["secret"] = new JsonBody { ["key"] = "hidden-7" };
        await Client.Webhooks.CreateAsync(secret);
        var file = Saved(await CopperConfiguration.ReadAsync(Client));
        using var other = new SandboxAccount(static options => options.IsNew = true);

        var results = await RunAsync(other.Client, await PlanAsync(other, file));

        Assert.All(results, static result =>
            Assert.True(result.Status is PlanStatus.Done or PlanStatus.Held, $"{result}: {result.Reason}"));
        var left = ConfigurationComparer.Compare(file, await CopperConfiguration.ReadAsync(other.Client));
        Assert.NotEmpty(left);
        Assert.All(left, static difference => Assert.Equal(ConfigurationRemedy.ByHand, difference.Remedy));
        Assert.Equal(
            results.Where(static result => result.Status == PlanStatus.Held).Select(static result => (result.Entity, result.Name)).Order(),
            left.Select(static difference => (difference.Kind, (string?)difference.Name)).Order());
        Assert.Contains(left, static difference => difference is { Kind: "webhook", ToDo: var toDo } && toDo.Contains("with Secret"));
        Assert.Contains(left, static difference => difference is { Kind: "pipeline", Name: "Renewals" });
        other.Sandbox.ClearJournal();
        await RunAsync(other.Client, await PlanAsync(other, file));
        Assert.Empty(other.Writes);
    }

    [Fact]
    public async Task The_file_is_the_same_for_the_same_account_and_has_no_ids_and_no_secrets()
    {
        await Client.Webhooks.CreateAsync(Webhook("https://ada:pa55w0rd@hooks.example/x?token=t0ps3cret&n=1#top", "person", "new"));
        var text = (await CopperConfiguration.ReadAsync(Client)).ToString();

        Assert.Equal(text, (await CopperConfiguration.ReadAsync(Account.Connect())).ToString());
        Assert.Equal(text, Load(text).ToString());
        Assert.DoesNotContain("pa55w0rd", text, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ps3cret", text, StringComparison.Ordinal);
        Assert.Contains("https://***@hooks.example/x?token=***&n=***#top", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("\\d{5,}", text);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_in_use_keep_their_ids_when_the_file_adds_renames_and_reorders()
    {
        var region = await FieldAsync("Region", "company");
        var europe = region.Options.Single(static option => option.Name == "Europe");
        await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines", ["custom_fields"] = Value(region.Id, europe.Id) });
        var text = (await CopperConfiguration.ReadAsync(Client)).ToString().Replace(
            "\"Americas\",\n        \"Europe\",\n        \"Asia Pacific\"",
            "\"Antarctica\", \"europe\", \"Americas\"",
            StringComparison.Ordinal);
        var file = Load(text);

        var differences = ConfigurationComparer.Compare(file, await CopperConfiguration.ReadAsync(Client));
        Assert.Equal(
            ["Different custom field Options", "Different option Name", "Extra option ", "Missing option "],
            differences.Select(static item => $"{item.Change} {item.Kind} {item.Property}").Order(StringComparer.Ordinal));
        var plan = await PlanAsync(Account, file);
        Account.Sandbox.ClearJournal();
        Assert.Equal(PlanStatus.Done, Assert.Single(await RunAsync(Client, plan)).Status);

        Assert.Equal(["PUT /custom_field_definitions/" + region.Id], Account.Writes);
        var after = await FieldAsync("Region", "company");
        Assert.Equal("Antarctica, europe, Asia Pacific, Americas", string.Join(", ", Names(after)));
        Assert.Equal(europe.Id, after.Options.Single(static option => option.Name == "europe").Id);
        Assert.Empty((await PlanAsync(Account, file)).Steps);
    }

    [Fact]
    public async Task Only_a_prune_deletes_and_it_says_how_many_records_hold_a_value()
    {
        var score = await FieldAsync("Score", "person");
        var language = await FieldAsync("Preferred Language", "person");
        var french = language.Options.Single(static option => option.Name == "French");
        await Client.People.CreateAsync(
            new JsonBody { ["name"] = "Ada", ["custom_fields"] = new[] { Value(score.Id, 7)[0], Value(language.Id, french.Id)[0] } });
        var hook = await Client.Webhooks.CreateAsync(Webhook("https://hooks.example/people", "person", "new"));
        var present = await CopperConfiguration.ReadAsync(Client);
        var text = present.ToString().Replace("        \"French\",\n", string.Empty, StringComparison.Ordinal);
        var file = Load(text);
        var wanted = new CopperConfiguration
        {
            CustomFields = [.. file.CustomFields!.Where(static field => field.Name != "Score")],
            Webhooks = [],
        };

        var kept = new ConfigurationPlanner(Client);
        Assert.Empty((await kept.PlanAsync(wanted, prunes: false)).Steps);
        Assert.Equal(3, kept.Kept);

        var plan = await PlanAsync(Account, wanted, prunes: true);
        Assert.Equal(
            ["Update custom field definition", "Delete custom field definition", "Delete webhook"],
            plan.Steps.Select(static step => $"{step.Action} {step.Entity}"));
        Assert.Equal($"{await CountAsync(language.Id, french.Id)} records hold 'French'.", plan.Steps[0].Reason);
        Assert.Equal($"{await CountAsync(score.Id, null)} records hold a value.", plan.Steps[1].Reason);
        Assert.All(await RunAsync(Client, plan), static result => Assert.Equal(PlanStatus.Done, result.Status));
        Assert.DoesNotContain(await Client.Webhooks.ListAsync(), webhook => webhook.Id == hook.Id);
        Assert.Empty((await PlanAsync(Account, wanted, prunes: true)).Steps);
    }

    [Fact]
    public async Task A_field_that_the_file_has_on_fewer_records_loses_them_by_a_prune_only()
    {
        var file = Load((await CopperConfiguration.ReadAsync(Client)).ToString().Replace(
            "\"name\": \"Score\",\n      \"type\": \"Float\",\n      \"availableOn\": [\n        \"lead\",\n        \"person\"\n      ]",
            "\"name\": \"Score\", \"type\": \"Float\", \"availableOn\": [\"person\", \"task\"]", StringComparison.Ordinal));

        await RunAsync(Client, await PlanAsync(Account, file));
        Assert.Equal(["lead", "person", "task"], (await FieldAsync("Score", "person")).AvailableOn.Order());
        await RunAsync(Client, await PlanAsync(Account, file, prunes: true));
        Assert.Equal(["person", "task"], (await FieldAsync("Score", "person")).AvailableOn.Order());
    }

    [Fact]
    public async Task An_undo_takes_back_what_takes_no_value_from_a_record()
    {
        var before = (await CopperConfiguration.ReadAsync(Client)).ToString();
        var file = Load(before.Replace("\"Asia Pacific\"", "\"Asia Pacific\", \"Moon\"", StringComparison.Ordinal).Replace(
            "\"customFields\": [", """
            "customFields": [
            { "name": "Used", "type": "String", "availableOn": ["person"] },
            { "name": "Unused", "type": "String", "availableOn": ["person"] },
            """, StringComparison.Ordinal));
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, await PlanAsync(Account, file)))
        {
            Assert.All(await RunAsync(Client, journal.Plan, journal), static result => Assert.Equal(PlanStatus.Done, result.Status));
        }

        var used = await FieldAsync("Used", "person");
        await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["custom_fields"] = Value(used.Id, "x") });

        var undo = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));
        Assert.Equal(["1 record holds a value. With force it is taken back, and they lose it."],
            undo.Steps.Where(static step => step.Action == PlanAction.Hold).Select(static step => step.Reason));
        await RunAsync(Client, undo);
        var names = (await Client.Metadata.CustomFieldDefinitions.GetAsync()).Select(static field => field.Name).ToArray();
        Assert.DoesNotContain("Unused", names);
        Assert.Contains("Used", names);
        Assert.DoesNotContain("Moon", Names(await FieldAsync("Region", "company")));

        await RunAsync(Client, await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path), force: true));
        Assert.Equal(before, (await CopperConfiguration.ReadAsync(Client)).ToString());
    }

    [Fact]
    public async Task What_no_request_brings_back_is_said_when_it_is_undone()
    {
        var present = await CopperConfiguration.ReadAsync(Client);
        var wanted = new CopperConfiguration
        {
            CustomFields = [.. present.CustomFields!.Where(static field => field.Name != "Score")],
            CustomActivityTypes = [.. present.CustomActivityTypes!, new ConfiguredActivityType { Name = "Fair", Icon = "Group" }],
        };
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, await PlanAsync(Account, wanted, prunes: true)))
        {
            await RunAsync(Client, journal.Plan, journal);
        }

        var undo = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));
        Assert.All(undo.Steps, static step => Assert.Equal(PlanAction.Hold, step.Action));
        Assert.Contains(undo.Steps, static step => step.Reason!.Contains("disable 'Fair'", StringComparison.Ordinal));
        Assert.Contains(undo.Steps, static step => step.Reason!.Contains("'Score (lead, person)' went", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(9, true)]
    [InlineData(23, false)]
    public async Task An_import_that_was_cut_is_resumed_without_creating_anything_twice(int cutAt, bool afterSending)
    {
        var file = Saved(await CopperConfiguration.ReadAsync(Client));
        using var other = new SandboxAccount(static options => options.IsNew = true);
        var path = NewPath();
        var plan = await PlanAsync(other, file);
        using (var journal = ChangeJournal.Create(path, plan))
        {
            await RunAsync(other.Connect(new CuttingHandler(cutAt, afterSending)), plan, journal);
        }

        using (var journal = ChangeJournal.Resume(path))
        {
            await RunAsync(other.Client, journal.Plan, journal);
        }

        Assert.All(
            ConfigurationComparer.Compare(file, await CopperConfiguration.ReadAsync(other.Client)),
            static difference => Assert.Equal(ConfigurationRemedy.ByHand, difference.Remedy));
        var fields = await other.Client.Metadata.CustomFieldDefinitions.GetAsync();
        Assert.Equal(file.CustomFields!.Count(static field => field.Type != "Connect"), fields.Count);
    }

    [Fact]
    public async Task A_field_that_somebody_has_changed_since_the_plan_was_made_is_held()
    {
        var file = Load((await CopperConfiguration.ReadAsync(Client)).ToString().Replace(
            "\"Asia Pacific\"", "\"Asia Pacific\", \"Moon\"", StringComparison.Ordinal));
        var plan = await PlanAsync(Account, file);
        var region = await FieldAsync("Region", "company");
        await Client.CustomFieldDefinitions.UpdateAsync(region.Id, new JsonBody
        {
            ["options"] = region.Options.OrderBy(static option => option.Rank)
                .Select(static option => new JsonBody { ["id"] = option.Id, ["name"] = option.Name })
                .Append(new JsonBody { ["name"] = "Mars" }).ToArray(),
        });

        Assert.Equal(PlanStatus.Held, Assert.Single(await RunAsync(Client, plan)).Status);
        Assert.Contains("Mars", Names(await FieldAsync("Region", "company")));
    }

    [Theory]
    [InlineData("[]", "it is no object")]
    [InlineData("{}", "no member 'version'")]
    [InlineData("{ \"version\": 2 }", "later version")]
    [InlineData("{ \"version\": 1, \"customField\": [] }", "a member 'customField', which is none of")]
    [InlineData("{ \"version\": 1,\n \"customFields\": [ { \"name\": \"x\" ] }", "line 2 is no JSON")]
    [InlineData("{ \"version\": 1, \"customFields\": [ { \"name\": \"A\", \"type\": \"Dropdwn\", \"availableOn\": [] } ] }",
        "customFields[0].type: 'Dropdwn' is none of Checkbox")]
    [InlineData("{ \"version\": 1, \"customFields\": [ { \"name\": \"A\", \"type\": \"MultiSelect\", \"availableOn\": [\"lead\"], "
        + "\"options\": [\"a\"] } ] }", "customFields[0]: a field of the type MultiSelect needs at least 2 options")]
    [InlineData("{ \"version\": 1, \"customActivityTypes\": [ { \"name\": \"A\" }, { \"name\": \"a\" } ] }",
        "the custom activity type 'A' is there twice")]
    [InlineData("{ \"version\": 1, \"webhooks\": [ { \"type\": \"person\", \"event\": \"new\", \"target\": \"\" } ] }",
        "webhooks[0].target: it is no text")]
    public void A_file_that_says_what_cannot_be_is_an_error_that_says_where(string json, string message)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Load(json));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_may_have_comments_other_encodings_and_parts_only()
    {
        var path = NewPath();
        await File.WriteAllTextAsync(
            path, "// ours\n{ \"$comment\": \"x\", \"version\": 1, \"lossReasons\": [\"Price\"], }", System.Text.Encoding.Unicode);
        var file = CopperConfiguration.Load(path);

        var differences = ConfigurationComparer.Compare(file, await CopperConfiguration.ReadAsync(Client));
        Assert.Equal(["Competitor", "Features", "No Response", "Timing"], differences.Select(static item => item.Name));
        Assert.All(differences, static item => Assert.Equal(ConfigurationChange.Extra, item.Change));
    }

    [Fact]
    public async Task A_list_that_is_switched_off_is_left_out_and_said()
    {
        using var other = new SandboxAccount(static options => options.FeatureLeads = false);
        var configuration = await CopperConfiguration.ReadAsync(other.Connect(new RejectingHandler("lead_statuses")));

        Assert.Null(configuration.LeadStatuses);
        Assert.Contains("lead status", Assert.Single(configuration.Unread), StringComparison.Ordinal);
    }

    private static Task<ChangePlan> PlanAsync(SandboxAccount account, CopperConfiguration file, bool prunes = false) =>
        new ConfigurationPlanner(account.Client).PlanAsync(file, prunes);

    private CopperConfiguration Saved(CopperConfiguration configuration)
    {
        var path = NewPath();
        configuration.Save(path);
        return CopperConfiguration.Load(path);
    }

    private CopperConfiguration Load(string text)
    {
        var path = NewPath();
        File.WriteAllText(path, text);
        return CopperConfiguration.Load(path);
    }

    private async Task<CopperCustomFieldDefinition> FieldAsync(string name, string entity)
    {
        Client.Metadata.CustomFieldDefinitions.Forget();
        return (await Client.Metadata.CustomFieldDefinitions.GetAsync()).Single(field => field.Name == name && field.IsAvailableOn(entity));
    }

    private async Task<long> CountAsync(long field, long? option)
    {
        var count = 0;
        foreach (var access in new[] { "person", "lead" })
        {
            await foreach (var record in Search(Client, access))
            {
                var value = ((ICustomFieldRecord)record).CustomFields.Find(item => item.DefinitionId == field)?.Value;
                count += value is not null && (option is null || value is long one && one == option) ? 1 : 0;
            }
        }

        return count;
    }

    private static async IAsyncEnumerable<ICopperRecord> Search(CopperClient client, string entity)
    {
        if (entity == "person")
        {
            await foreach (var person in client.People.Search(new Copper.Client.SearchQuery()))
            {
                yield return person;
            }
        }
        else
        {
            await foreach (var lead in client.Leads.Search(new Copper.Client.SearchQuery()))
            {
                yield return lead;
            }
        }
    }

    private static string?[] Names(CopperCustomFieldDefinition field) =>
        [.. field.Options.OrderBy(static option => option.Rank).Select(static option => option.Name)];

    private static JsonBody[] Value(long field, object value) => [new() { ["custom_field_definition_id"] = field, ["value"] = value }];

    private static JsonBody Webhook(string target, string type, string change) =>
        new() { ["target"] = target, ["type"] = type, ["event"] = change };
}
