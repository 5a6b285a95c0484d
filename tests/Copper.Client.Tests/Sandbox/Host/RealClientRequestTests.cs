using System.Net;
using System.Text.Json.Nodes;
using Copper.SandboxHost;

namespace Copper.Client.Tests.Sandbox.Host;

/// <summary>
/// Requests as clients send them that this project did not write, in Python, Ruby, PHP, JavaScript and Go: over HTTP, letter by
/// letter. The live service takes each of them.
/// </summary>
public sealed class RealClientRequestTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    public void Dispose() => fixture.Host.Reset();

    [Theory]
    [InlineData("POST", "/people/search?page_size=5&page_number=2", null, 5)]
    [InlineData("POST", "/people/search?page_size=5", "{}", 5)]
    [InlineData("POST", "/people/search?page_size=5", "{\"page_size\":7}", 7)]
    [InlineData("POST", "/people/search?page_size=5&city=Nowhere", null, 0)]
    [InlineData("POST", "/people/search/", "[]", 20)]
    [InlineData("POST", "/people/search", "{\"page_number\":\"1\",\"page_size\":\"7\"}", 7)]
    [InlineData("POST", "/people/search", "{\"page_number\":1.0,\"page_size\":5.0}", 5)]
    [InlineData("POST", "/people/search", "{\"minimum_modified_date\":\"1480000000\",\"page_size\":\"30\"}", 30)]
    [InlineData("POST", "/people/search", "{\"postal_code\":99999}", 0)]
    [InlineData("POST", "/people/search?custom_field_computed_values=true&page_size=3", null, 3)]
    [InlineData("POST", "/activities/search",
        "{\"sort_by\":\"activity_date\",\"sort_direction\":\"desc\",\"full_result\":\"true\",\"page_size\":4}", 4)]
    [InlineData("POST", "/users/search", "{\"sort_by\":\"name\",\"sort_direction\":\"asc\",\"page_size\":3}", 3)]
    [InlineData("GET", "/related_links/?source_type=task&source_id=50000001", null, 0)]
    public async Task A_list_is_returned(string method, string path, string? body, int count)
    {
        var reply = await SendAsync(method, path, body);

        Assert.Equal((200, count), (reply.Status, reply.Status == 200 ? reply.Json.AsArray().Count : reply.Json.AsObject().Count));
    }

    [Theory]
    [InlineData("GET", "/account?page_size=100", null)]
    [InlineData("GET", "/account/", "{}")]
    [InlineData("GET", "/people/1/?page_size=100&utm=x", null)]
    [InlineData("POST", "/leads",
        "{\"name\":\"x\",\"customer_source_id\":\"331240\",\"assignee_id\":\"1001\",\"monetary_value\":\"1000\"}")]
    [InlineData("POST", "/opportunities",
        "{\"name\":\"x\",\"monetary_value\":\"1000\",\"win_probability\":\"50\",\"pipeline_id\":213214.0}")]
    [InlineData("POST", "/tasks", "{\"name\":\"x\",\"due_date\":\"1496799000\",\"assignee_id\":\"1001\"}")]
    [InlineData("POST", "/tasks", "{\"name\":\"x\",\"due_date\":\"12/31/2026\",\"reminder_date\":\"12/30/2026\"}")]
    [InlineData("POST", "/tasks", "{\"name\":\"x\",\"related_resource\":{\"id\":null,\"type\":null}}")]
    [InlineData("POST", "/tasks", "{\"name\":\"x\",\"related_resource\":{\"id\":\"1\",\"type\":\"person\"}}")]
    [InlineData("POST", "/people", "{\"name\":\"x\",\"address\":{\"postal_code\":94107}}")]
    [InlineData("POST", "/people", "{\"name\":\"x\",\"custom_fields\":[{\"custom_field_definition_id\":\"126240\",\"value\":\"C-1\"}]}")]
    [InlineData("POST", "/people",
        "{\"name\":\"x\",\"emails\":[{\"email\":\"a@b.example\"}],\"phone_numbers\":[{\"number\":\"1\",\"category\":\"\"}]}")]
    [InlineData("POST", "/people",
        "{\"name\":\"x\",\"websites\":[{\"url\":\"b.example\"}],\"socials\":[{\"url\":\"c.example\",\"category\":\"\"}]}")]
    [InlineData("POST", "/people", "{\"first_name\":\"Ada\",\"last_name\":\"Lovelace\"}")]
    [InlineData("POST", "/people/fetch_by_email?email=charlie.cox%40cobalt-insurance.example", null)]
    public async Task A_record_is_returned(string method, string path, string? body)
    {
        var reply = await SendAsync(method, path, body);

        Assert.True(reply.Status == 200, reply.Text);
        Assert.NotNull(reply.Json["id"]);
    }

    [Fact]
    public async Task Filters_in_the_query_filter()
    {
        string name = (string)(await SendAsync("GET", "/companies/10000001", null)).Json["name"]!;

        var found = await SendAsync("POST", "/companies/search?page_size=200&name=" + Uri.EscapeDataString(name), null);

        Assert.Contains(name, found.Json.AsArray().Select(company => (string)company!["name"]!));
        Assert.All(found.Json.AsArray(), company => Assert.Contains(name, (string)company!["name"]!, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Digits_mean_the_same_as_numbers()
    {
        var numbers = await SendAsync("POST", "/opportunities/search", "{\"status_ids\":[0],\"assignee_ids\":[1001,-2],\"page_size\":200}");
        var digits = await SendAsync(
            "POST", "/opportunities/search", "{\"status_ids\":[\"0\"],\"assignee_ids\":[\"1001\",\"-2\"],\"page_size\":\"200\"}");

        Assert.NotEmpty(numbers.Json.AsArray());
        Assert.Equal(numbers.Text, digits.Text);
    }

    [Fact]
    public async Task An_address_without_a_category_counts_as_work()
    {
        var person = await SendAsync(
            "POST", "/people",
            "{\"name\":\"x\",\"emails\":[{\"email\":\"a@b.example\"}],\"socials\":[{\"url\":\"c.example\",\"category\":null}]}");

        Assert.Equal("[{\"email\":\"a@b.example\",\"category\":\"work\"}]", person.Json["emails"]!.ToJsonString());
        Assert.Equal("[{\"url\":\"c.example\",\"category\":\"other\"}]", person.Json["socials"]!.ToJsonString());
    }

    [Theory]
    [InlineData("{\"name\":\"x\",\"customer_source_id\":\"abc\"}",
        "Customer Source Id: Invalid value for Customer Source Id: IDs must be positive integers: abc")]
    [InlineData("{\"name\":\"x\",\"assignee_id\":\"0\"}", "Assignee Id: Invalid value for Assignee Id: IDs must be positive integers: 0")]
    [InlineData("{\"name\":\"x\",\"assignee_id\":5.5}", "Assignee Id: Invalid value for Assignee Id: IDs must be positive integers: 5.5")]
    public async Task What_is_no_number_is_still_rejected(string body, string error) =>
        Assert.Equal((422, "Invalid input: Validation errors: " + error), await ErrorAsync("/leads", body));

    [Fact]
    public async Task An_unknown_member_of_a_subscription_is_said_first_and_the_address_last()
    {
        Assert.Equal(
            (422, "Invalid input: Validation errors: Base: Unrecognized attributes specified: url\nType: can't be blank"),
            await ErrorAsync(
                "/webhooks", "{\"target\":\"lead\",\"event\":\"new\",\"url\":\"https://hooks.example.com/x\",\"secret\":{\"key\":\"s\"}}"));
        Assert.Equal(
            (422, "Invalid input: Invalid URI For External Request"),
            await ErrorAsync("/webhooks", "{\"target\":\"lead\",\"type\":\"lead\",\"event\":\"new\"}"));
    }

    [Theory]
    [InlineData("GET", "/developer_api/v1/nowhere")]
    [InlineData("GET", "/developer_api/v1/people")]
    [InlineData("GET", "/developer_api/v2/people/1")]
    public async Task Where_nothing_lives_there_is_another_404(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var reply = await fixture.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("{\"error\":\"not_found\"}", await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Kept_pages_are_told_apart_by_their_query()
    {
        await using var host = await SandboxHostServer.StartAsync(new SandboxHostOptions { KeepPages = true });
        using var client = new HttpClient { BaseAddress = host.Root };
        foreach (var header in fixture.Client.DefaultRequestHeaders)
        {
            client.DefaultRequestHeaders.Add(header.Key, header.Value);
        }

        Assert.Equal((3, 4), (await CountAsync(3), await CountAsync(4)));

        async Task<int> CountAsync(int size)
        {
            using var reply = await client.PostAsync(new Uri($"developer_api/v1/people/search?page_size={size}", UriKind.Relative), null);
            return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!.AsArray().Count;
        }
    }

    [Fact]
    public async Task The_host_takes_search_lag_and_lower_case_tags_as_settings()
    {
        using var settings =
            new StringContent(
                "{\"search-lag\":1,\"search-lag-ms\":0,\"lower-case-tags\":true}", System.Text.Encoding.UTF8, "application/json");
        using var reset = await fixture.Client.PostAsync(new Uri("_sandbox/reset", UriKind.Relative), settings);
        try
        {
            Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
            var person = await SendAsync("POST", "/people", "{\"name\":\"Newcomer\",\"tags\":[\"VIP\"]}");

            Assert.Equal("[\"vip\"]", person.Json["tags"]!.ToJsonString());
            Assert.Empty((await SendAsync("POST", "/people/search", "{\"name\":\"Newcomer\"}")).Json.AsArray());
            Assert.Single((await SendAsync("POST", "/people/search", "{\"name\":\"Newcomer\"}")).Json.AsArray());
        }
        finally
        {
            fixture.Host.Options.Account.SearchLagCount = 0;
            fixture.Host.Options.Account.LowerCaseTags = false;
        }
    }

    /// <summary>Recorded notifications have the same members whatever happened; the secret's own come besides.</summary>
    [Fact]
    public async Task Notifications_have_the_members_of_recorded_ones()
    {
        string target = new Uri(fixture.Host.Root, "hook").AbsoluteUri;
        foreach (string change in new[] { "new", "update", "delete" })
        {
            await SendAsync("POST", "/webhooks", $$"""{"target":"{{target}}","type":"person","event":"{{change}}"}""");
        }

        long id = (long)(await SendAsync("POST", "/people", "{\"name\":\"Newcomer\"}")).Json["id"]!;
        await SendAsync("PUT", $"/people/{id}", "{\"title\":\"Countess\"}");
        await SendAsync("DELETE", $"/people/{id}", null);
        await fixture.Host.Sandbox.WhenDeliveredAsync();

        var bodies = fixture.Host.Journal.Entries.Where(entry => entry.Path == "/hook")
            .Select(entry => JsonNode.Parse(entry.Body!)!.AsObject()).ToArray();
        Assert.Equal(["new", "update", "delete"], bodies.Select(body => (string?)body["event"]));
        Assert.All(bodies, body => Assert.Equal(
            ["event", "ids", "subscription_id", "timestamp", "type", "updated_attributes"], body.Select(member => member.Key)
                .Order(StringComparer.Ordinal)));
        Assert.Equal("{}", bodies[0]["updated_attributes"]!.ToJsonString());
        Assert.Equal("[null,\"Countess\"]", bodies[1]["updated_attributes"]!["title"]!.ToJsonString());
        Assert.Equal("{}", bodies[2]["updated_attributes"]!.ToJsonString());
    }

    private async Task<(int Status, string Message)> ErrorAsync(string path, string body)
    {
        var reply = await SendAsync("POST", path, body);
        return (reply.Status, (string)reply.Json["message"]!);
    }

    private async Task<(int Status, string Text, JsonNode Json)> SendAsync(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("developer_api/v1" + path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        }

        using var reply = await fixture.Client.SendAsync(request);
        string text = await reply.Content.ReadAsStringAsync();
        return ((int)reply.StatusCode, text, JsonNode.Parse(text)!);
    }
}
