using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

public class RelationTests : ScriptedTest
{
    private static CopperEntity Word(string word) => CopperEntities.GetPrimary(word);

    [Theory]
    [InlineData("lead", "person")]
    [InlineData("lead", "lead")]
    [InlineData("person", "lead")]
    [InlineData("company", "company")]
    [InlineData("task", "task")]
    public async Task A_forbidden_pair_is_rejected_before_anything_is_sent(string entity, string other)
    {
        await FailsAsync<ArgumentException>(Client().RelatedItems.AddAsync(Word(entity), 1, Word(other), 2));
        await FailsAsync<ArgumentException>(Client().RelatedItems.GetAsync(Word(entity), 1, Word(other)));
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public void Pairs_hold_in_both_directions()
    {
        foreach (var entity in CopperEntities.Primary)
        {
            Assert.All(entity.RelatedEntities, partner =>
                Assert.Contains(entity.Name, Word(partner).RelatedEntities));
        }
    }

    [Theory]
    [InlineData("""{"removed":true,"resource":{"id":2,"type":"company"}}""")]
    [InlineData("""{"id":2,"is_deleted":true}""")]
    [InlineData("""{"id":2}""")]
    [InlineData("")]
    public async Task A_removal_sends_its_body_and_takes_every_response(string response)
    {
        Service.ThenJson(response);

        var item = await RunAsync(Client().RelatedItems.RemoveAsync(Word("person"), 1, Word("company"), 2));

        var request = Assert.Single(Service.Requests);
        Assert.Equal(
            ("DELETE", "people/1/related", """{"resource":{"id":2,"type":"company"}}"""), (request.Method, request.Path, request.Body));
        Assert.Equal((2, "company", 1, "person"), (item.Id, item.Type, item.FromId, item.FromType));
    }

    [Fact]
    public async Task The_end_of_a_relation_that_is_not_there_is_done()
    {
        Service.Then(422, """{"success":false,"status":422,"message":"Invalid request: Resources are not related"}""");

        var item = await RunAsync(Client().RelatedItems.RemoveAsync(Word("person"), 1, Word("company"), 2));
        await RunAsync(Client().RelatedItems.RemoveAsync(CopperEntities.Person, 1, CopperEntities.Company, 2));

        Assert.Equal((2, "company", 1, "person"), (item.Id, item.Type, item.FromId, item.FromType));
        Assert.Equal(2, Service.Requests.Count);
    }

    [Theory]
    [InlineData(404, """{"message":"Resource not found"}""")]
    [InlineData(422, """{"message":"Invalid request: something else"}""")]
    public async Task A_removal_that_is_rejected_for_another_reason_is_an_error(int status, string body)
    {
        Service.Then(status, body);

        await Assert.ThrowsAnyAsync<CopperApiException>(
            () => RunAsync(Client().RelatedItems.RemoveAsync(Word("person"), 1, Word("company"), 2)));
    }

    [Fact]
    public async Task Connections_say_people_on_the_wire_and_person_here()
    {
        Service.ThenJson("""
            [{"id":9,"custom_field_definition_id":4,
            "source":{"id":1,"entity_type":"people","name":"Ada"},"target":{"id":2,"entity_type":"organization"}}]
            """);

        var connection = Assert.Single(await RunAsync(Client().Connections.GetAsync(Word("person"), 1, 4)));

        Assert.Equal("?source_type=people&source_id=1&custom_field_definition_id=4", Assert.Single(Service.Requests).Uri.Query);
        Assert.Equal(("person", "company"), (connection.Source!.EntityType, connection.Target!.EntityType));
        Assert.Equal("Ada - company 2", connection.ToString());
        await FailsAsync<ArgumentException>(Client().Connections.GetAsync(Word("task"), 1));
    }

    [Fact]
    public async Task The_activities_of_a_record_are_a_search_of_their_own()
    {
        Service.ThenJson("""[{"id":1,"type":{"category":"user","id":0},"details":"x"}]""");
        var found = new List<long>();

        await RunAsync(ReadAsync());

        Assert.Equal([1], found);
        Assert.Equal("leads/7/activities", Assert.Single(Service.Requests).Path);

        async Task ReadAsync()
        {
            await foreach (var activity in Client().ActivitiesOf(Word("lead"), 7, new()))
            {
                found.Add(activity.Id);
            }
        }
    }
}
