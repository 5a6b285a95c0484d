using Copper.Client.CustomFields;
using Copper.Client.Models;

namespace Copper.Client.Tests.Typed;

/// <summary>Writes besides those of one record: several at once, upserts, conversions, subscriptions, definitions.</summary>
public sealed class TypedActionTests : TypedTest
{
    [Fact]
    public async Task Several_records_are_created_and_updated_in_one_request_each()
    {
        var created = await Client.People.Bulk.CreateAsync(
        [
            new PersonCreate { Name = "Ada", Assignee = "me", CustomFields = { ["Preferred Language"] = "French" } },
            new PersonCreate { FirstName = "Grace", LastName = "Hopper", Assignee = "me" },
        ]);
        Assert.Equal(["Ada", "Grace Hopper"], created.Select(static result => result.Record!.Name));
        Assert.All(created, static result => Assert.NotNull(result.Record!.AssigneeId));

        var updated = await Client.People.Bulk.UpdateAsync(
        [
            (created[0].Record!.Id, new PersonUpdate { Title = "Countess", Assignee = null }),
            (999_999_999, new PersonUpdate { Title = "x" }),
        ]);
        Assert.Equal("Countess", updated[0].Record!.Title);
        Assert.Null(updated[0].Record!.AssigneeId);
        Assert.NotNull(updated[1].Failure);
        Assert.Single(Sandbox.Journal, static entry => entry.Path == "/people/bulk_create");
    }

    [Fact]
    public async Task Of_several_records_the_one_that_is_wrong_is_named_and_none_is_sent()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Client.Leads.Bulk.CreateAsync(
            [new LeadCreate { Name = "Ada" }, new LeadCreate { Name = "Grace", Status = "Warm" }]));

        Assert.StartsWith("Record 2 of 2: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Warm", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Sandbox.Journal, static entry => entry.Path.EndsWith("bulk_create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lead_is_updated_or_created_by_its_address()
    {
        var lead = await Client.LeadActions.UpsertByEmailAsync("grace@navy.example", new LeadCreate { Name = "Grace", Status = "New" });
        var again = await Client.LeadActions.UpsertByEmailAsync("grace@navy.example", new LeadUpdate { Title = "Admiral" });

        Assert.Equal((lead!.Id, "Grace", "Admiral"), (again!.Id, again.Name, again.Title));
        Assert.Equal("grace@navy.example", again.Email?.ToString());
        await Assert.ThrowsAsync<ArgumentException>(
            () => Client.LeadActions.UpsertByEmailAsync("ada@navy.example", new LeadCreate { Title = "without a name" }));
    }

    [Fact]
    public async Task A_lead_is_updated_or_created_by_a_custom_field()
    {
        var field = (await Client.Metadata.CustomFieldDefinitions.GetAsync()).First(static definition =>
            definition.IsAvailableOn(CopperEntityNames.Lead) && definition.IsFilterable != false && definition.DataType == "String");

        var lead = await Client.LeadActions.UpsertByCustomFieldAsync(field.Name!, "L-4711", new LeadCreate { Name = "Grace" });
        var again = await Client.LeadActions.UpsertByCustomFieldAsync(field.Name!, "L-4711", new LeadUpdate { Title = "Admiral" });

        Assert.Equal((lead!.Id, "Admiral"), (again!.Id, again.Title));
        Assert.Equal("L-4711", again.CustomFields.Get<string>(field.Name!));
        Assert.Contains(
            $"\"match\":{{\"field_name\":\"custom\",\"field_value\":{{\"custom_field_definition_id\":{field.Id},\"value\":\"L-4711\"}}}}",
            Sandbox.Journal[^1].Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_is_found_by_the_value_that_its_own_fields_have()
    {
        var field = (await Client.Metadata.CustomFieldDefinitions.GetAsync()).First(static definition =>
            definition.IsAvailableOn(CopperEntityNames.Lead) && definition.IsFilterable != false && definition.DataType == "String");
        var name = field.Name!;

        var lead = await Client.LeadActions.UpsertByCustomFieldAsync(
            name, new LeadCreate { Name = "Grace", CustomFields = { [name] = "L-4712" } });
        var again = await Client.LeadActions.UpsertByCustomFieldAsync(
            $"{field.Id}", new LeadUpdate { Title = "Admiral", CustomFields = { [name] = "L-4712" } });

        Assert.Equal((lead!.Id, "Grace", "Admiral"), (again!.Id, again.Name, again.Title));
        foreach (var nothing in new[] { new LeadUpdate(), new LeadUpdate { CustomFields = { [name] = null } } })
        {
            var failure = await Assert.ThrowsAsync<ArgumentException>(
                () => Client.LeadActions.UpsertByCustomFieldAsync(name, nothing));
            Assert.Contains($"no value for the custom field '{name}'", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_lead_is_found_by_one_value_and_gets_another()
    {
        var field = (await Client.Metadata.CustomFieldDefinitions.GetAsync()).First(static definition =>
            definition.IsAvailableOn(CopperEntityNames.Lead) && definition.IsFilterable != false && definition.DataType == "String");
        var name = field.Name!;
        var lead = await Client.LeadActions.UpsertByCustomFieldAsync(name, "old", new LeadCreate { Name = "Grace" });

        var renamed = await Client.LeadActions.UpsertByCustomFieldAsync(
            name, "old", new LeadUpdate { CustomFields = { [name] = "new" } });

        Assert.Equal((lead!.Id, "new"), (renamed!.Id, renamed.CustomFields.Get<string>(name)));
    }

    [Fact]
    public async Task A_lead_is_converted_by_typed_choices()
    {
        var pipeline = (await Client.Metadata.Pipelines.GetAsync())[0];
        var lead = await Client.Leads.CreateAsync(new LeadCreate { Name = "Grace Hopper", CompanyName = "Navy" });

        var conversion = await Client.LeadActions.ConvertAsync(lead.Id, new LeadConversion
        {
            Assignee = "me",
            WithoutCompany = true,
            OpportunityName = "Compiler",
            Pipeline = pipeline.Name,
            Stage = pipeline.Stages[1].Name,
            MonetaryValue = 2500,
        });

        Assert.Null(conversion.CompanyId);
        var opportunity = await Client.Opportunities.GetAsync(conversion.OpportunityId!.Value);
        Assert.Equal(
            ("Compiler", pipeline.Stages[1].Id, 2500m), (opportunity.Name, opportunity.PipelineStageId, opportunity.MonetaryValue));
    }

    [Fact]
    public async Task Choices_of_a_conversion_that_contradict_each_other_are_rejected()
    {
        async Task<string> RejectedAsync(LeadConversion conversion) =>
            (await Assert.ThrowsAnyAsync<ArgumentException>(() => Client.LeadActions.ConvertAsync(1, conversion))).Message;

        Assert.Contains(
            "WithoutCompany", await RejectedAsync(new() { CompanyName = "Navy", WithoutCompany = true }), StringComparison.Ordinal);
        Assert.Contains("CompanyName", await RejectedAsync(new() { ExactMatch = true }), StringComparison.Ordinal);
        Assert.Contains("OpportunityName", await RejectedAsync(new() { Stage = "Qualified" }), StringComparison.Ordinal);
        Assert.Contains("Mona", await RejectedAsync(new() { Assignee = "Mona" }), StringComparison.Ordinal);
        Assert.DoesNotContain(Sandbox.Journal, static entry => entry.Path.EndsWith("/convert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscription_is_created_and_updated()
    {
        var secret = new Dictionary<string, string> { ["key"] = "a long secret" };
        var webhook = await Client.Webhooks.CreateAsync(new WebhookCreate
        {
            Target = new Uri("https://hooks.example.com/copper"), Type = "person", Event = "update", Secret = secret,
        });
        var moved = await Client.Webhooks.UpdateAsync(webhook.Id, new WebhookUpdate { Target = new Uri("https://hooks.example.com/new") });

        Assert.Equal(("https://hooks.example.com/new", "person", "update"), (moved.Target, moved.Type, moved.Event));
        Assert.Equal("***", new WebhookCreate { Secret = secret }.Secret!["key"]);
        foreach (var (wrong, named) in new (WebhookCreate, string)[]
        {
            (new() { Type = "person", Event = "new" }, "Target"),
            (new() { Target = new Uri("https://a.example"), Event = "new" }, "Type"),
            (new() { Target = new Uri("http://a.example"), Type = "person", Event = "new" }, "https"),
            (new()
            {
                Target = new Uri("https://a.example"), Type = "person", Event = "new",
                Secret = new Dictionary<string, string> { ["ids"] = "x" },
            }, "ids"),
        })
        {
            var failure = await Assert.ThrowsAsync<ArgumentException>(() => Client.Webhooks.CreateAsync(wrong));
            Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_custom_field_and_a_type_of_activities_are_created_and_updated()
    {
        var field = await Client.CustomFieldDefinitions.CreateAsync(new CustomFieldDefinitionCreate
        {
            Name = "Tier", DataType = CustomFieldTypes.Dropdown, AvailableOn = ["people", "lead"], Options = ["Gold", "Silver"],
        });
        var gold = field.Options.Single(static option => option.Name == "Gold");
        var changed = await Client.CustomFieldDefinitions.UpdateAsync(field.Id, new CustomFieldDefinitionUpdate
        {
            Options = [gold, new CopperCustomFieldOption { Name = "Bronze" }],
        });

        Assert.Equal(["person", "lead"], field.AvailableOn);
        Assert.Equal(["Bronze", "Gold"], changed.Options.Select(static option => option.Name).Order(StringComparer.Ordinal));
        Assert.Equal(gold.Id, changed.Options.Single(static option => option.Name == "Gold").Id);
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Client.CustomFieldDefinitions.CreateAsync(
            new CustomFieldDefinitionCreate { Name = "Tier", DataType = CustomFieldTypes.MultiSelect, Options = ["Gold"] }));
        Assert.Contains("at least 2", failure.Message, StringComparison.Ordinal);

        var type = await Client.CustomActivityTypes.CreateAsync(new CustomActivityTypeCreate { Name = "Fair", IconType = "group" });
        var renamed = await Client.CustomActivityTypes.UpdateAsync(type.Id, new CustomActivityTypeUpdate { Name = "Trade fair" });
        Assert.Equal(("Group", "Trade fair"), (type.IconType, renamed.Name));
    }

    [Fact]
    public async Task The_value_of_a_custom_field_is_read_as_the_type_that_is_asked_for()
    {
        await Client.Metadata.CustomFieldDefinitions.GetAsync();
        var person = await Client.People.CreateAsync(new PersonCreate
        {
            Name = "Ada",
            CustomFields =
            {
                ["Score"] = 7, ["Birthday"] = new DateTime(1990, 12, 10, 0, 0, 0, DateTimeKind.Unspecified), ["Newsletter"] = true,
                ["Interests"] = new[] { "Hardware", "Training" },
            },
        });
        var fields = person.CustomFields;

        Assert.Equal((7m, 7, 7L, 7.0, "7"), (fields.Get<decimal>("Score"), fields.Get<int>("score"), fields.Get<long>("Score"),
            fields.Get<double>("Score"), fields.Get<string>("Score")));
        Assert.Equal(new DateTime(1990, 12, 10, 0, 0, 0, DateTimeKind.Unspecified), fields.Get<DateTime>("Birthday"));
        Assert.Equal(new DateOnly(1990, 12, 10), fields.Get<DateOnly?>("Birthday"));
        Assert.True(fields.Get<bool>("Newsletter"));
        Assert.Equal(["Hardware", "Training"], fields.Get<IReadOnlyList<string>>("Interests")!.Order(StringComparer.Ordinal));
        Assert.Null(fields.Get<string>("Preferred Language"));
        Assert.Null((await Client.People.UpdateAsync(person.Id, new PersonUpdate { CustomFields = { ["Score"] = null } }))
            .CustomFields.Get<decimal?>("Score"));
        var failure = Assert.Throws<InvalidCastException>(() => fields.Get<DateTime>("Score"));
        Assert.Contains("Score", failure.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => fields.Get<int>("Shoe Size"));
    }
}
