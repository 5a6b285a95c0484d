using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.ChangePolicy;

/// <summary>The words of an error, and its shape, may change at any time: what the client does depends on the status alone.</summary>
public class ChangedErrorTests : ScriptedTest
{
    public static TheoryData<string> Bodies =>
    [
        """{"success":false,"status":404,"message":"Resource not found"}""",
        """{"message":"Rate limit exceeded, unauthorized, not found, success"}""",
        """{"success":true,"status":200,"message":"修改过的文字"}""",
        """{"message":{"name":[{"error":"edited"}],"new_field":[{"error":"?","code":7,"more":{"deep":[]}}]},"new":[1]}""",
        """{"error":{"code":"x_17","detail":{"why":["because"]}}}""",
        """{"errors":[{"title":"Somewhere else"}]}""",
        """["a","list"]""",
        "\"just text\"",
        "12",
        "<html><title>Edited</title></html>",
        "",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Only_the_status_counts(string body)
    {
        await FailsAsync<CopperValidationException>(RespondedAsync(400, body));
        await FailsAsync<CopperAuthenticationException>(RespondedAsync(401, body));
        await FailsAsync<CopperPermissionException>(RespondedAsync(403, body));
        await FailsAsync<CopperNotFoundException>(RespondedAsync(404, body));
        await FailsAsync<CopperValidationException>(RespondedAsync(422, body));
        await FailsAsync<CopperRateLimitException>(RespondedAsync(429, body));
        await FailsAsync<CopperServerException>(RespondedAsync(500, body));
        await FailsAsync<CopperApiException>(RespondedAsync(418, body));
        await FailsAsync<CopperApiException>(RespondedAsync(451, body));
        await FailsAsync<CopperServerException>(RespondedAsync(599, body));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_is_repeated_does_not_depend_on_the_words(string body)
    {
        foreach (var (status, attempts) in new[] { (400, 1), (401, 1), (404, 1), (422, 1), (429, 3), (500, 3), (503, 3) })
        {
            var failure = await Assert.ThrowsAnyAsync<CopperException>(() => RunAsync(RespondedAsync(status, body)));
            Assert.Equal(attempts, failure.Attempts);
        }
    }

    [Fact]
    public async Task An_endpoint_that_is_no_more_says_so_and_no_other_needs_it()
    {
        Service.Then(
            static request =>
                request.Path == "people/7"
                ? ScriptedService.Response(200, """{"id":7,"custom_fields":[{"custom_field_definition_id":1,"value":2}]}""")
                : ScriptedService.Response(404));
        var client = Client();

        var failure = await FailsAsync<CopperNotFoundException>(client.Metadata.CustomActivityTypes.GetAsync());
        Assert.Contains("/custom_activity_types", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1=2", (await RunAsync(client.People.GetAsync(7))).CustomFields.ToString());
    }

    [Fact]
    public async Task Another_version_and_new_endpoints_and_fields_can_be_used_at_once()
    {
        Service.ThenJson("""{"id":7}""");
        var client = Client(static options => options.BaseUri = new Uri("https://api.copper.com/developer_api/v2"));

        await RunAsync(
            client.SendAsync(
                new Copper.Client.CopperRequest(HttpMethod.Post, "spaceships/7/launch", new JsonBody { ["speed"] = "warp" })));
        await RunAsync(
            client.People.CreateAsync(new JsonBody { ["name"] = "Ann", ["field_of_tomorrow"] = new JsonBody { ["deep"] = new[] { 1 } } }));

        Assert.Equal(
            ["https://api.copper.com/developer_api/v2/spaceships/7/launch", "https://api.copper.com/developer_api/v2/people"],
            Service.Requests.Select(static request => request.Uri.AbsoluteUri));
        Assert.Equal("""{"name":"Ann","field_of_tomorrow":{"deep":[1]}}""", Service.Requests[1].Body);
    }

    private Task<Copper.Client.Models.CopperPerson> RespondedAsync(int status, string body)
    {
        Service.StartOver().Then(status, body);
        return Client(static options => options.MaxRetries = 2).People.GetAsync(7);
    }
}
