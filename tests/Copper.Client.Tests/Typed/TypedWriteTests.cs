using System.Reflection;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.Tests.Typed;

public sealed class TypedWriteTests : TypedTest
{
    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_property_of_a_new_record_arrives_by_the_name_that_the_service_knows(string entity)
    {
        var type = TypeOf(entity, "Create");
        foreach (var byName in new[] { false, true })
        {
            var fields = (FieldSet)Activator.CreateInstance(type)!;
            var set = new List<PropertyInfo>();
            foreach (var property in PropertiesOf(type).Where(property =>
                byName ? !IsIdOfName(type, property) : !TakesName(type, property) || property.Name == "Type"))
            {
                property.SetValue(fields, await ValueAsync(property, type));
                Assert.True(fields.IsSet(property.Name), property.Name);
                set.Add(property);
            }

            var created = await CreateAsync(entity, fields);

            // The sandbox rejects attributes that it does not know, so what is left is that each arrived with its value.
            foreach (var property in set.Where(static property => property.Name != "CompanyName"))
            {
                var shown = created.GetType().GetProperty(property.Name is "Email" ? "Emails" : property.Name)!.GetValue(created);
                Assert.Equal(TextOf(property.GetValue(fields), property), TextOf(shown, property));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task An_update_sends_what_was_set_and_null_clears(string entity)
    {
        var create = TypeOf(entity, "Create");
        var fields = (FieldSet)Activator.CreateInstance(create)!;
        foreach (var name in new[] { "Name", "Details", "Parent" }.Where(name => create.GetProperty(name) is not null))
        {
            create.GetProperty(name)!.SetValue(fields, await ValueAsync(create.GetProperty(name)!, create));
        }

        var created = await CreateAsync(entity, fields);
        var changes = (FieldSet)Activator.CreateInstance(TypeOf(entity, "Update"))!;
        await UpdateAsync(entity, created.Id, changes);
        Assert.Equal("GET", Sandbox.Journal[^1].Method);

        var cleared = entity == "activity" ? "UserId" : "Details";
        changes.GetType().GetProperty(cleared)!.SetValue(changes, null);
        Assert.True(changes.IsSet(cleared));
        Assert.False(changes.IsSet("Name"));
        Assert.Equal([cleared == "UserId" ? "user_id" : "details"], changes.Fields.Names);
        var updated = await UpdateAsync(entity, created.Id, changes);
        if (entity != "activity")
        {
            Assert.Null(updated.GetType().GetProperty("Details")!.GetValue(updated));
            Assert.Equal(created.ToString(), updated.ToString());
        }
    }

    [Fact]
    public async Task Custom_fields_are_found_by_name_and_checked_by_their_type()
    {
        var person = await Client.People.CreateAsync(new PersonCreate
        {
            Name = "Ada Lovelace",
            CustomFields =
            {
                ["Preferred Language"] = "French", ["interests"] = new[] { "Hardware", "Training" }, ["Score"] = 7.5,
                ["Birthday"] = new DateTime(1990, 12, 10, 0, 0, 0, DateTimeKind.Unspecified), ["Newsletter"] = true,
            },
        });

        Assert.Equal("French", person.CustomFields["Preferred Language"]);
        Assert.Equal(7.5m, Convert.ToDecimal(person.CustomFields["Score"], System.Globalization.CultureInfo.InvariantCulture));
        var cleared = await Client.People.UpdateAsync(person.Id, new PersonUpdate { CustomFields = { ["Score"] = null } });
        Assert.Null(cleared.CustomFields["Score"]);
        Assert.Equal("French", cleared.CustomFields["Preferred Language"]);
    }

    [Fact]
    public async Task What_is_wrong_is_said_before_the_record_is_sent()
    {
        async Task<string> RejectedAsync<T>(Task work)
            where T : Exception => (await Assert.ThrowsAsync<T>(() => work)).Message;

        Assert.Contains("Mona", await RejectedAsync<InputRejectedException>(
            Client.People.CreateAsync(new PersonCreate { Name = "A", Assignee = "Mona" })), StringComparison.Ordinal);
        Assert.Contains("Shoe Size", await RejectedAsync<InputRejectedException>(
            Client.People.CreateAsync(new PersonCreate { Name = "A", CustomFields = { ["Shoe Size"] = 1 } })), StringComparison.Ordinal);
        Assert.Contains("Klingon", await RejectedAsync<InputRejectedException>(
            Client.People.UpdateAsync(1, new PersonUpdate { CustomFields = { ["Preferred Language"] = "Klingon" } })),
            StringComparison.Ordinal);
        Assert.Contains("needs a name", await RejectedAsync<ArgumentException>(
            Client.Companies.CreateAsync(new CompanyCreate { Details = "x" })), StringComparison.Ordinal);
        Assert.Contains("needs a name", await RejectedAsync<ArgumentException>(
            Client.Leads.CreateAsync(new LeadCreate { Title = "Boss" })), StringComparison.Ordinal);
        Assert.Contains("full name", await RejectedAsync<ArgumentException>(
            Client.People.UpdateAsync(1, new PersonUpdate { FirstName = "A" })), StringComparison.Ordinal);
        Assert.Contains("0 to 100", await RejectedAsync<ArgumentException>(
            Client.Opportunities.UpdateAsync(1, new OpportunityUpdate { WinProbability = 101 })), StringComparison.Ordinal);
        Assert.Contains("Parent", await RejectedAsync<ArgumentException>(
            Client.Activities.CreateAsync(new ActivityCreate { Details = "Called" })), StringComparison.Ordinal);
        Assert.Contains("Details", await RejectedAsync<ArgumentException>(Client.Activities.CreateAsync(
            new ActivityCreate { Parent = new CopperRelatedResource { Type = "person", Id = 1 } })), StringComparison.Ordinal);
        Assert.Contains("twice", await RejectedAsync<ArgumentException>(Client.People.UpdateAsync(1, new PersonUpdate
        {
            CustomFields = { ["Score"] = 1 }, Fields = { ["custom_fields"] = Array.Empty<object>() },
        })), StringComparison.Ordinal);
        Assert.DoesNotContain(Sandbox.Journal, static entry =>
            entry.Method is "PUT" || (entry.Method is "POST" && !entry.Path.EndsWith("/search", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stage_by_name_brings_its_pipeline_and_is_looked_for_in_the_one_that_is_given()
    {
        var pipelines = await Client.Metadata.Pipelines.GetAsync();
        var other = pipelines[^1];
        var alone = other.Stages.First(stage => pipelines.SelectMany(static one => one.Stages).Count(one => one.Name == stage.Name) == 1);

        var deal = await Client.Opportunities.CreateAsync(new OpportunityCreate { Name = "Renewal", Stage = alone.Name });
        Assert.Equal((other.Id, alone.Id), (deal.PipelineId, deal.PipelineStageId));

        // The order in which they are set does not matter.
        var second = pipelines[0];
        var moved = await Client.Opportunities.UpdateAsync(
            deal.Id, new OpportunityUpdate { Stage = second.Stages[0].Name, Pipeline = second.Name });
        Assert.Equal((second.Id, second.Stages[0].Id), (moved.PipelineId, moved.PipelineStageId));
    }

    [Fact]
    public async Task The_property_that_is_set_last_counts_and_the_body_stays_open()
    {
        var me = (await Client.GetCurrentUserAsync()).Id;
        var fields = new PersonCreate { Name = "Ada", Assignee = "nobody at all", Fields = { ["title"] = "Countess" } };
        Assert.Equal("nobody at all", fields.Assignee);
        fields.AssigneeId = me;
        Assert.Null(fields.Assignee);
        Assert.Equal("Countess", fields.Title);

        var person = await Client.People.CreateAsync(fields);
        Assert.Equal((me, "Countess"), (person.AssigneeId, person.Title));
        fields.Fields["company_id"] = 10_000_001;
        Assert.Equal(10_000_001, fields.CompanyId);

        // A set can be sent again: its names were resolved in a copy.
        fields.Assignee = "me";
        Assert.Equal(me, (await Client.People.CreateAsync(fields)).AssigneeId);
        Assert.Equal("me", fields.Assignee);
        Assert.Equal("Ada King", (await Client.People.CreateAsync(new PersonCreate { FirstName = "Ada", LastName = "King" })).Name);
    }

    [Fact]
    public void Every_field_that_a_cmdlet_writes_has_a_property_and_every_property_a_cmdlet()
    {
        foreach (var entity in CopperEntities.Searchable)
        {
            var properties = PropertiesOf(TypeOf(entity.Name, "Create"))
                .Concat(PropertiesOf(TypeOf(entity.Name, "Update")))
                .Where(property => !TakesName(TypeOf(entity.Name, "Create"), property) || property.Name is "Type")
                .Select(static property => MemberSet.NameOf(property.Name))
                .Append("custom_fields").ToHashSet();
            var written = FieldsOfCmdlets(entity.Name);

            Assert.Empty(written.Except(properties));
            Assert.Empty(properties.Except(written).Except(["custom_fields", "tags", "address", "close_date", "related_resource", "parent",
                "type", "company_name"]));
        }
    }

    private static HashSet<string> FieldsOfCmdlets(string entity) => Conventions.CmdletMembers.Of("Field", entity);

    private static bool IsIdOfName(Type type, PropertyInfo property) =>
        property.Name == "PipelineStageId"
        || (property.Name.EndsWith("Id", StringComparison.Ordinal) && type.GetProperty(property.Name[..^2]) is not null);

    private static string? TextOf(object? value, PropertyInfo property) => value switch
    {
        null => null,
        "me" => SandboxUser,
        CopperEmail email => new CopperList<CopperEmail> { email }.ToString(),
        System.Collections.IEnumerable list and not string => string.Join("; ", list.Cast<object>()),
        DateTimeOffset date => date.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string SandboxUser => "Dana Demo";

    private async Task<ICopperRecord> CreateAsync(string entity, FieldSet fields) => entity switch
    {
        "person" => await Client.People.CreateAsync((PersonCreate)fields),
        "company" => await Client.Companies.CreateAsync((CompanyCreate)fields),
        "lead" => await Client.Leads.CreateAsync((LeadCreate)fields),
        "opportunity" => await Client.Opportunities.CreateAsync((OpportunityCreate)fields),
        "project" => await Client.Projects.CreateAsync((ProjectCreate)fields),
        "task" => await Client.Tasks.CreateAsync((TaskCreate)fields),
        _ => await Client.Activities.CreateAsync((ActivityCreate)fields),
    };

    private async Task<ICopperRecord> UpdateAsync(string entity, long id, FieldSet fields) => entity switch
    {
        "person" => await Client.People.UpdateAsync(id, (PersonUpdate)fields),
        "company" => await Client.Companies.UpdateAsync(id, (CompanyUpdate)fields),
        "lead" => await Client.Leads.UpdateAsync(id, (LeadUpdate)fields),
        "opportunity" => await Client.Opportunities.UpdateAsync(id, (OpportunityUpdate)fields),
        "project" => await Client.Projects.UpdateAsync(id, (ProjectUpdate)fields),
        "task" => await Client.Tasks.UpdateAsync(id, (TaskUpdate)fields),
        _ => await Client.Activities.UpdateAsync(id, (ActivityUpdate)fields),
    };
}
