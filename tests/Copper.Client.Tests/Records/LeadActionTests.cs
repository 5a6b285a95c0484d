using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

public class LeadActionTests : ScriptedTest
{
    [Fact]
    public async Task A_conversion_is_read_from_full_records()
    {
        Service.ThenJson(
            """{"person":{"id":5,"name":"Ada"},"company":null,"opportunity":{"id":7,"close_date":"2/8/2018"},"candidates":[1]}""");

        var conversion = await RunAsync(Client().LeadActions.ConvertAsync(3));

        Assert.Equal((3, 5L, null, 7L), (conversion.LeadId, conversion.PersonId, conversion.CompanyId, conversion.OpportunityId));
        Assert.Equal("Ada", conversion.Person!.Name);
        Assert.True(conversion.AdditionalMembers!.ContainsKey("candidates"));
        Assert.Equal("lead 3 -> person 5, opportunity 7", conversion.ToString());
        Assert.Equal("""{"details":{}}""", Assert.Single(Service.Requests).Body);
    }

    [Theory]
    [InlineData("""{"person_id":5,"company_id":6,"opportunity_id":7}""", 5L)]
    [InlineData("""{"person_id":"5","company_id":"6","opportunity_id":7.0,"person":5}""", 5L)]
    [InlineData("""{"company_id":6,"opportunity_id":7,"person":[]}""", null)]
    public async Task A_conversion_is_read_from_ids(string response, long? person)
    {
        Service.ThenJson(response);

        var conversion = await RunAsync(Client().LeadActions.ConvertAsync(3));

        Assert.Equal((person, 6L, 7L), (conversion.PersonId, conversion.CompanyId, conversion.OpportunityId));
        Assert.Null(conversion.Person);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(422)]
    public async Task A_response_that_says_no_is_a_rejection_whatever_its_status(int status)
    {
        Service.Then(status, """
            {"success":false,"message":"Several companies match",
            "candidates":[{"id":5,"name":"Acme"},{"id":6,"name":"Acme Inc"}]}
            """);

        var failure = await FailsAsync<CopperValidationException>(Client().LeadActions.ConvertAsync(3));

        Assert.Equal("Several companies match; candidates: 5 (Acme), 6 (Acme Inc)", failure.ServerMessage);
        Assert.Equal(status, (int)failure.StatusCode!);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task No_other_write_takes_a_no_for_a_yes()
    {
        Service.ThenJson("""{"success":false,"message":"No."}""");
        var client = Client();

        await FailsAsync<CopperValidationException>(client.LeadActions.UpsertByEmailAsync("a@b.example", new LeadUpdate()));
        await FailsAsync<CopperValidationException>(client.People.UpdateAsync(7, new JsonBody { ["title"] = "x" }));
        await FailsAsync<CopperValidationException>(client.People.DeleteAsync(7));
        await FailsAsync<CopperValidationException>(client.People.CreateAsync(new JsonBody { ["name"] = "x" }));

        Assert.Equal(4, Service.Requests.Count);
    }

    [Fact]
    public async Task A_conversion_without_a_body_is_one()
    {
        Service.Then(200);

        var conversion = await RunAsync(Client().LeadActions.ConvertAsync(3));

        Assert.Equal((3, (long?)null), (conversion.LeadId, conversion.PersonId));
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("people")]
    [InlineData("companies")]
    [InlineData("opportunities")]
    [InlineData("leads")]
    public async Task A_conversion_may_shift_the_pages_of_all_that_it_touches(string path)
    {
        var client = Client();
        Service
            .ThenJson("""[{"id":1},{"id":2}]""")
            .ThenJson("""{"person":{"id":4}}""")
            .ThenJson("[]")
            .ThenJson("""[{"id":2},{"id":3}]""")
            .ThenJson("[]");

        var ids = await RunAsync(ReadAsync());

        Assert.Equal([1, 2, 3], ids);

        async Task<List<long>> ReadAsync()
        {
            var read = new List<long>();
            await foreach (var record in client.Search(path + "/search", new SearchQuery { PageSize = 2 }))
            {
                read.Add((long)record["id"]!);
                if (read.Count == 1)
                {
                    await client.LeadActions.ConvertAsync(9);
                }
            }

            return read;
        }
    }

    [Fact]
    public async Task An_upsert_may_be_repeated()
    {
        Service.Then(503).ThenJson("""{"id":4,"name":"Ada"}""");

        var lead = await RunAsync(Client().LeadActions.UpsertByEmailAsync("a@b.example", new LeadCreate { Name = "Ada" }));

        Assert.Equal(4, lead!.Id);
        Assert.Equal(2, Service.Requests.Count);
        Assert.Equal(
            """{"properties":{"name":"Ada","email":{"email":"a@b.example","category":"work"}},"match":"""
            + """{"field_name":"email","field_value":"a@b.example"}}""",
            Service.Requests[0].Body);
    }
}
