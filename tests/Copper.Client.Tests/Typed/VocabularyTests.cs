using Copper.Client.Models;

namespace Copper.Client.Tests.Typed;

/// <summary>A word that the service does not have is rejected where it is set, with those that there are.</summary>
public sealed class VocabularyTests : TypedTest
{
    public static TheoryData<string, Action> Wrong => new()
    {
        { "High", static () => _ = new TaskCreate { Priority = "Urgent" } },
        { "Completed", static () => _ = new TaskUpdate { Status = "Done" } },
        { "Completed", static () => _ = new ProjectCreate { Status = "Won" } },
        { "Abandoned", static () => _ = new OpportunityUpdate { Status = "Completed" } },
        { "Medium", static () => _ = new OpportunityCreate { Priority = "Urgent" } },
        { "Medium", static () => _ = new OpportunitySearch { Priorities = ["High", "Urgent"] } },
        { "Abandoned", static () => _ = new OpportunitySearch { Statuses = ["Closed"] } },
        { "Completed", static () => _ = new TaskSearch { Statuses = ["Closed"] } },
        { "Completed", static () => _ = new ProjectSearch { Statuses = ["Closed"] } },
        { "opportunity", static () => _ = new TaskCreate { RelatedResource = new CopperRelatedResource { Type = "deal", Id = 7 } } },
        { "company", static () => _ = new ActivitySearch { Parent = new CopperRelatedResource { Type = "firm", Id = 7 } } },
        { "MultiSelect", static () => _ = new CustomFieldDefinitionCreate { DataType = "Number" } },
        { "person", static () => _ = new CustomFieldDefinitionCreate { AvailableOn = ["contact"] } },
        { "Phone", static () => _ = new CustomActivityTypeCreate { IconType = "Fax" } },
        { "activity_log", static () => _ = new WebhookCreate { Type = "activity" } },
        { "delete", static () => _ = new WebhookCreate { Event = "created" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_word_that_is_not_known_is_rejected_with_those_that_are(string known, Action set) =>
        Assert.Contains(known, Assert.Throws<ArgumentException>(set).Message, StringComparison.Ordinal);

    [Fact]
    public void A_word_is_sent_as_the_service_spells_it_and_an_empty_one_clears()
    {
        Assert.Equal("High", new TaskCreate { Priority = "high" }.Priority);
        Assert.Null(new TaskUpdate { Priority = null }.Fields["priority"]);
        Assert.Equal(["Open", "Lost"], new OpportunitySearch { Statuses = ["open", "LOST"] }.Statuses!);
        Assert.Equal([0L, 2L], new OpportunitySearch { Statuses = ["open", "LOST"] }.StatusIds!);

        // What the service has added is sent by the body.
        Assert.Equal("Urgent", new TaskCreate { Fields = { ["priority"] = "Urgent" } }.Priority);
    }

    [Fact]
    public void The_field_to_sort_by_is_one_of_those_that_are_known()
    {
        var message = Assert.Throws<ArgumentException>(() => Client.People.Search(new PersonSearch { SortBy = "birthday" })).Message;

        Assert.Contains("date_modified", message, StringComparison.Ordinal);
        Assert.NotNull(Client.People.Search(new SearchQuery { SortBy = "birthday" }));
        Assert.Empty(Sandbox.Journal);
    }

    [Fact]
    public async Task A_filter_that_is_given_as_a_whole_is_kept_beside_the_properties()
    {
        var search = new PersonSearch { City = "Paris", Filter = new JsonBody { ["country"] = "FR" }, First = 1 };
        await foreach (var person in Client.People.Search(search))
        {
            Assert.Equal(("Paris", "FR"), (person.Address?.City, person.Address?.Country));
        }

        Assert.Contains("\"country\":\"FR\"", Sandbox.Journal[^1].Body!, StringComparison.Ordinal);
        Assert.Contains("\"city\":\"Paris\"", Sandbox.Journal[^1].Body!, StringComparison.Ordinal);
    }
}
