using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Names;

/// <summary>Names to ids, for C# users and the cmdlets alike.</summary>
public class NameResolverTests : ScriptedTest
{
    private const string Types =
        """[{"id":1,"name":"Current Customer"},{"id":2,"name":"Partner"},{"id":3,"name":"Twin"},{"id":4,"name":"twin"}]""";
    private const string Pipelines = """
        [{"id":10,"name":"Sales","stages":[{"id":11,"name":"Open"},{"id":12,"name":"Closing"}]},
         {"id":20,"name":"Renewals","stages":[{"id":21,"name":"Open"}]}]
        """;

    [Fact]
    public async Task A_name_is_resolved_without_regard_to_case()
    {
        Service.ThenJson(Types);

        Assert.Equal(2, await new NameResolver(Client().Metadata).ResolveAsync("pArTnEr", "contact type"));
    }

    [Fact]
    public async Task An_unknown_name_is_rejected_with_the_nearest_names_and_what_was_given()
    {
        Service.ThenJson(Types);
        var row = new object();

        var rejection =
            await Assert.ThrowsAsync<InputRejectedException>(
                () => new NameResolver(Client().Metadata).ResolveAsync("customer", "contact type", row));

        Assert.Equal(InputRejection.UnknownName, rejection.Reason);
        Assert.StartsWith(
            "There is no contact type 'customer'. Did you mean 'Current Customer'", rejection.Message, StringComparison.Ordinal);
        Assert.Same(row, rejection.Value);
    }

    [Fact]
    public async Task A_name_of_several_is_rejected_with_their_ids()
    {
        Service.ThenJson(Types);

        var rejection =
            await Assert.ThrowsAsync<InputRejectedException>(
                () => new NameResolver(Client().Metadata).ResolveAsync("Twin", "contact type"));

        Assert.Equal(InputRejection.AmbiguousName, rejection.Reason);
        Assert.Contains("3, 4", rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cached_list_is_read_once_more_for_an_unknown_name_and_not_twice()
    {
        var client = Client();
        Service.ThenJson("[]").ThenJson(Types);
        await client.Metadata.ContactTypes.GetAsync();
        var resolver = new NameResolver(client.Metadata);

        Assert.Equal(2, await resolver.ResolveAsync("Partner", "contact type"));
        await Assert.ThrowsAsync<InputRejectedException>(() => resolver.ResolveAsync("Nobody", "contact type"));

        Assert.Equal(2, Service.Requests.Count);
    }

    [Fact]
    public async Task A_stage_is_the_one_of_its_pipeline()
    {
        Service.ThenJson(Pipelines);
        var choice = await new NameResolver(Client().Metadata).FindStagesAsync("open", null);

        Assert.True(choice.DependsOnPipeline);
        Assert.Equal(21, choice.In(20).Id);
        Assert.Equal(11, choice.Find(10)?.Id);
        Assert.Null(choice.Find(30));
        Assert.Equal(InputRejection.AmbiguousName, Assert.Throws<InputRejectedException>(() => choice.In(null)).Reason);
    }

    [Fact]
    public async Task A_stage_of_another_pipeline_is_rejected_with_the_pipeline_that_has_it()
    {
        Service.ThenJson(Pipelines);

        var rejection =
            await Assert.ThrowsAsync<InputRejectedException>(() => new NameResolver(Client().Metadata).FindStagesAsync("Closing", [20]));

        Assert.Contains("in the pipeline 'Renewals'; 'Sales' has one", rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_whose_new_company_is_rejected_goes_back_to_the_former_one()
    {
        Service.ThenJson("{}").Then(422, """{"success":false,"status":422,"message":"Invalid input"}""").ThenJson("{}");

        await Assert.ThrowsAnyAsync<CopperException>(() => Client().RelatedItems.MovePersonAsync(7, 1, 2));

        Assert.Equal(3, Service.Requests.Count);
    }

    [Fact]
    public async Task A_person_who_can_not_be_put_back_is_told()
    {
        Service.ThenJson("{}").Then(422, """{"success":false,"status":422,"message":"Invalid input"}""");

        var partial = await Assert.ThrowsAsync<PartialChangeException>(() => Client().RelatedItems.MovePersonAsync(7, 1, 2));

        Assert.Contains("person 7 is not in company 1 any more", partial.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_in_the_wanted_company_costs_no_request()
    {
        Assert.False(await Client().RelatedItems.MovePersonAsync(7, 2, 2));
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task Custom_fields_are_written_by_name_and_label()
    {
        Service.ThenJson("""
            [{"id":5,"name":"Vertical","data_type":"Dropdown","available_on":["person"],"options":[{"id":51,"name":"Retail","rank":0}]},
             {"id":6,"name":"Score","data_type":"Float","available_on":["person"]}]
            """);
        var resolver = new CustomFieldResolver(Client().Metadata, "person");

        var fields = await resolver.ForWritingAsync(new Dictionary<string, object?> { ["vertical"] = "retail", ["Score"] = "2.5" });

        Assert.Equal([51L, 2.5m], fields.Cast<JsonBody>().Select(field => field["value"]));
        var rejection = await Assert.ThrowsAsync<InputRejectedException>(
            () => resolver.ForWritingAsync(new Dictionary<string, object?> { ["Vertical"] = "Whole sale" }));
        Assert.Equal(InputRejection.UnknownName, rejection.Reason);
    }
}
