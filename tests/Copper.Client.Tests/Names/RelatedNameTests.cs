using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Names;

/// <summary>The names of the records that others point to: never from what was read before, and asked for only on request.</summary>
public class RelatedNameTests : ScriptedTest
{
    [Fact]
    public async Task What_a_record_points_to_has_the_name_that_the_response_gives_whatever_was_read_before()
    {
        var client = Client();
        Service.ThenJson("""{"id":7,"name":"Ada"}""")
            .ThenJson("""{"id":5,"name":"Call","related_resource":{"id":7,"type":"person"}}""")
            .ThenJson("""{"id":6,"name":"Call","related_resource":{"id":7,"type":"person","name":"Ada L."}}""");

        await RunAsync(client.People.GetAsync(7));
        var unnamed = await RunAsync(client.Tasks.GetAsync(5));
        var named = await RunAsync(client.Tasks.GetAsync(6));

        Assert.Null(unnamed.RelatedResource!.Name);
        Assert.Equal("Ada L.", named.RelatedResource!.Name);
        Assert.Equal("person 7", named.RelatedResource.ToString());
    }

    [Fact]
    public void Records_that_were_given_lend_their_names_and_that_of_their_company()
    {
        var names = Client().NewRelatedNames();
        names.Note(new CopperPerson { Id = 7, Name = "Ada", CompanyId = 70, CompanyName = "Engines" });
        var task = new CopperTask { Id = 5, RelatedResource = new CopperRelatedResource { Id = 7, Type = "person" } };
        var item = new CopperRelatedItem { Id = 70, Type = "Company" };
        var other = new CopperRelatedItem { Id = 7, Type = "lead" };
        var known = new CopperRelatedItem { Id = 7, Type = "person", Name = "As sent" };

        names.Show([task, item, other, known, null]);

        Assert.Equal("Ada", task.RelatedResource.Name);
        Assert.Equal("Engines", item.Name);
        Assert.Null(other.Name);
        Assert.Equal("As sent", known.Name);
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task Names_are_read_by_one_request_for_each_kind_and_each_record_once()
    {
        var client = Client();
        Service.Then(request => ScriptedService.Response(200, request.Path == "people/search"
            ? """[{"id":7,"name":"Ada"},{"id":8,"name":null}]"""
            : """[{"id":3,"name":"Lead Lee"}]"""));
        ICopperRecord[] records =
        [
            About(1, "person", 7), About(2, "person", 8), About(3, "person", 9), About(4, "lead", 3), About(5, "person", 7),
            About(6, "robot", 4), new CopperActivity { Id = 7 },
        ];
        var names = client.NewRelatedNames();

        Assert.Equal(4, names.CountMissing(records));
        Assert.Empty(await RunAsync(names.LoadAsync(records)));
        Assert.Empty(await RunAsync(names.LoadAsync(records)));

        Assert.Equal(
            ["Ada", null, null, "Lead Lee", "Ada", null],
            records.Take(6).Select(static one => ((CopperActivity)one).Parent!.Name));
        Assert.Equal(0, names.CountMissing(records));
        Assert.Equal(2, Service.Requests.Count);
        Assert.Contains(Service.Requests, static sent => sent.Body.Contains("\"ids\":[7,8,9]"));
        Assert.Contains(Service.Requests, static sent => sent.Body.Contains("\"include_converted_leads\":true"));
    }

    [Fact]
    public async Task A_kind_whose_names_cannot_be_read_is_told_once_and_costs_no_record()
    {
        var client = Client(options => options.MaxRetries = 0);
        Service.Then(request => request.Path == "people/search"
            ? ScriptedService.Response(403, "{}")
            : ScriptedService.Response(200, """[{"id":3,"name":"Lead Lee"}]"""));
        var names = client.NewRelatedNames();
        CopperActivity[] first = [About(1, "person", 7), About(2, "lead", 3)];
        CopperActivity[] second = [About(3, "person", 8)];

        var failure = Assert.Single(await RunAsync(names.LoadAsync(first)));
        Assert.IsType<CopperPermissionException>(failure);
        Assert.Empty(await RunAsync(names.LoadAsync(second)));

        Assert.Equal("Lead Lee", first[1].Parent!.Name);
        Assert.Equal(2, Service.Requests.Count);
    }

    [Fact]
    public async Task More_than_200_records_of_a_kind_cost_a_second_request()
    {
        var client = Client();
        Service.ThenJson("[]");
        var names = client.NewRelatedNames();

        Assert.Empty(await RunAsync(names.LoadAsync([.. Enumerable.Range(1, 201).Select(static id => About(id, "company", id))])));

        Assert.Equal(2, Service.Requests.Count);
    }

    private static CopperActivity About(long id, string type, long parent) =>
        new() { Id = id, Parent = new CopperRelatedResource { Id = parent, Type = type } };
}
