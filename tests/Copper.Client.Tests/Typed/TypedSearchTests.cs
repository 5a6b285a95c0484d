using Copper.Client.Metadata;

namespace Copper.Client.Tests.Typed;

public sealed class TypedSearchTests : TypedTest
{
    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Every_criterion_is_known_to_the_service(string entity)
    {
        var type = TypeOf(entity, "Search");
        foreach (var property in PropertiesOf(type))
        {
            var search = (RecordSearch)Activator.CreateInstance(type)!;
            var value = await ValueAsync(property, type);
            property.SetValue(search, value);
            Assert.Equal(value, property.GetValue(search));

            // The sandbox rejects criteria that it does not know.
            await CountAsync(entity, search);
            Assert.True(Sandbox.Journal[^1].Body!.Contains('_', StringComparison.Ordinal));

            // Null takes a criterion away: the search is for everything again.
            property.SetValue(search, null);
            Assert.Equal(0, search.Filter.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_list_without_values_is_not_everybody(string entity)
    {
        var type = TypeOf(entity, "Search");
        foreach (var property in PropertiesOf(type).Where(static property => property.PropertyType.IsGenericType
            && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)))
        {
            var search = (RecordSearch)Activator.CreateInstance(type)!;
            property.SetValue(search, Array.CreateInstance(property.PropertyType.GetGenericArguments()[0], 0));

            var failure = await Assert.ThrowsAsync<ArgumentException>(() => CountAsync(entity, search));

            Assert.StartsWith(
                $"{type.Name}.{property.Name} has no values: leave it null for all ", failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Sandbox.Journal);
    }

    [Fact]
    public void A_list_without_values_is_none_in_the_words_of_the_service_either()
    {
        Assert.Equal(
            "PersonSearch.Ids has no values: leave it null for all people.",
            Assert.Throws<ArgumentException>(() => Client.People.Search(new PersonSearch { Ids = new List<long>() })).Message);
        var failure = Assert.Throws<ArgumentException>(
            () => Client.People.Search(new SearchQuery { Filter = { ["ids"] = Array.Empty<object>() } }));
        Assert.Contains("Filter[\"ids\"]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Criteria_find_what_they_say()
    {
        var me = (await Client.GetCurrentUserAsync()).Id;
        var mine = await ListAsync(Client.People.Search(new PersonSearch { Assignees = ["me"], First = 5 }));
        Assert.NotEmpty(mine);
        Assert.All(mine, person => Assert.Equal(me, person.AssigneeId));

        var french = await ListAsync(Client.People.Search(new PersonSearch { CustomFields = { ["Preferred Language"] = "French" } }));
        Assert.NotEmpty(french);
        Assert.All(french, static person => Assert.Equal("French", person.CustomFields["Preferred Language"]));

        var pipeline = (await Client.Metadata.Pipelines.GetAsync())[0];
        var deals = await ListAsync(Client.Opportunities.Search(new OpportunitySearch
        {
            Stages = [pipeline.Stages[0].Name!],
            Pipelines = [pipeline.Name!],
            SortBy = "name",
            Descending = true,
        }));
        Assert.All(deals, deal => Assert.Equal(pipeline.Stages[0].Id, deal.PipelineStageId));
        Assert.Equal(deals.Select(static deal => deal.Name).OrderByDescending(static name => name, StringComparer.OrdinalIgnoreCase),
            deals.Select(static deal => deal.Name));

        var ownerless = await ListAsync(Client.People.Search(new PersonSearch { AssigneeIds = [SearchQuery.None] }));
        Assert.All(ownerless, static person => Assert.Null(person.AssigneeId));
        Assert.All(
            await ListAsync(Client.Activities.Search(new ActivitySearch { Types = ["Meeting"] })),
            static activity => Assert.Equal("Meeting", activity.Type?.Name));
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_result_is_read_and_what_is_wrong_is_said_then()
    {
        var unknown = Client.People.Search(new PersonSearch { Assignees = ["Nobody at all"] });
        Assert.Empty(Sandbox.Journal);

        await Assert.ThrowsAsync<InputRejectedException>(() => ListAsync(unknown));
        Assert.DoesNotContain(Sandbox.Journal, static entry => entry.Path.StartsWith("/people", StringComparison.Ordinal));
        Assert.Contains("not for people", Assert.Throws<ArgumentException>(() => Client.People.Search(new LeadSearch())).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Client.Activities.Search(new ActivitySearch { SortBy = "name" }));
    }

    [Fact]
    public async Task A_search_that_is_complete_asks_for_no_list()
    {
        await ListAsync(Client.People.Search(new PersonSearch { City = "Paris", First = 1 }));

        Assert.All(Sandbox.Journal, static entry => Assert.Equal("/people/search", entry.Path));
    }

    [Fact]
    public void Every_criterion_of_a_cmdlet_has_a_property()
    {
        foreach (var entity in CopperEntities.Searchable)
        {
            var properties = PropertiesOf(TypeOf(entity.Name, "Search"))
                .Select(static property => MemberSet.NameOf(property.Name)).ToHashSet();

            Assert.Empty(Conventions.CmdletMembers.Of("Filter", entity.Name).Except(properties));
        }
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> result)
    {
        var records = new List<T>();
        await foreach (var record in result)
        {
            records.Add(record);
        }

        return records;
    }

    private async Task<int> CountAsync(string entity, SearchQuery query) => entity switch
    {
        "person" => (await ListAsync(Client.People.Search(query))).Count,
        "company" => (await ListAsync(Client.Companies.Search(query))).Count,
        "lead" => (await ListAsync(Client.Leads.Search(query))).Count,
        "opportunity" => (await ListAsync(Client.Opportunities.Search(query))).Count,
        "project" => (await ListAsync(Client.Projects.Search(query))).Count,
        "task" => (await ListAsync(Client.Tasks.Search(query))).Count,
        _ => (await ListAsync(Client.Activities.Search(query))).Count,
    };
}
