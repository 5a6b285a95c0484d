using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Copper.Sandbox;
using Copper.SandboxHost;

namespace Copper.Client.Tests.Sandbox.Host;

public sealed class HostControlTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    public void Dispose() => fixture.Host.Reset();

    [Fact]
    public async Task The_journal_shows_what_came_over_the_wire()
    {
        using var first = await fixture.SendAsync(HttpMethod.Post, "/people/search?custom_field_computed_values=true", "{\"page_size\":1}");
        using var second = await fixture.GetAsync("/people/999999");

        var journal = (await fixture.ControlAsync("/journal")).AsArray();
        Assert.Equal(2, journal.Count);
        Assert.Equal(1, (int)journal[0]!["n"]!);
        Assert.Equal("POST", (string?)journal[0]!["method"]);
        Assert.Equal("/people/search", (string?)journal[0]!["path"]);
        Assert.Equal("?custom_field_computed_values=true", (string?)journal[0]!["query"]);
        Assert.Equal("{\"page_size\":1}", (string?)journal[0]!["body"]);
        Assert.Equal(200, (int)journal[0]!["status"]!);
        Assert.True((bool)journal[0]!["authenticated"]!);
        Assert.False((bool)journal[0]!["aborted"]!);
        Assert.Equal((string?)journal[0]!["connectionId"], (string?)journal[1]!["connectionId"]);
        Assert.Equal(404, (int)journal[1]!["status"]!);
    }

    [Fact]
    public async Task The_journal_tells_credentials_apart_without_showing_them()
    {
        using var reply = await fixture.GetAsync("/account");

        string text = (await fixture.ControlAsync("/journal")).ToJsonString();
        Assert.DoesNotContain(SandboxOptions.DefaultApiKey, text, StringComparison.Ordinal);
        Assert.Contains(SecretMask.Mask(SandboxOptions.DefaultApiKey), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_can_be_emptied()
    {
        using var reply = await fixture.GetAsync("/account");
        using var emptied = await fixture.Client.DeleteAsync(new Uri("_sandbox/journal", UriKind.Relative));

        Assert.Empty((await fixture.ControlAsync("/journal")).AsArray());
    }

    [Fact]
    public async Task Statistics_tell_how_close_the_limits_came()
    {
        await ResetAsync("""{"rate-limit":"2/60s,100/600s"}""");
        for (int request = 0; request < 3; request++)
        {
            using var reply = await fixture.GetAsync("/account");
        }

        var statistics = await fixture.ControlAsync("/stats");
        await ResetAsync("""{"rate-limit":"none"}""");

        Assert.Equal(3, (int)statistics["requests"]!);
        Assert.Equal(1, (int)statistics["rateLimited"]!);
        Assert.Equal(1, (int)statistics["maximumConcurrency"]!);
        Assert.Equal(
            """[{"limit":"2/60s","maximumSeen":3},{"limit":"100/600s","maximumSeen":3}]""", statistics["windows"]!.ToJsonString());
    }

    [Fact]
    public async Task Requests_one_after_the_other_are_never_counted_as_under_way_together()
    {
        fixture.Host.Journal.Clear();
        for (int request = 0; request < 200; request++)
        {
            using var reply = await fixture.GetAsync(request % 2 == 0 ? "/account" : "/people/999999");
        }

        Assert.Equal((200, 1), (fixture.Host.Journal.Entries.Count, fixture.Host.Journal.MaximumConcurrency));
        Assert.Equal(0, fixture.Host.Journal.UnderWay);
    }

    [Fact]
    public async Task A_reset_brings_new_data()
    {
        await ResetAsync("""{"people":3,"seed":5}""");
        using var reply = await fixture.SendAsync(HttpMethod.Post, "/people/search", "{}");
        await ResetAsync("""{"people":30,"seed":1}""");

        Assert.Equal("3", Assert.Single(reply.Headers.GetValues("X-PW-TOTAL")));
    }

    [Fact]
    public async Task Latency_holds_every_response_back()
    {
        using var body = new StringContent("{\"minimumMs\":30,\"maximumMs\":40}", Encoding.UTF8, "application/json");
        using var set = await fixture.Client.PostAsync(new Uri("_sandbox/latency", UriKind.Relative), body);
        Assert.Equal(new LatencyRange(30, 40), fixture.Host.Latency);

        long before = Environment.TickCount64;
        using var reply = await fixture.GetAsync("/account");

        Assert.InRange(Environment.TickCount64 - before, 25, 10_000);
    }

    [Fact]
    public async Task A_code_is_exchanged_for_a_token_the_API_accepts()
    {
        using var reply = await RedeemAsync("sandbox-code");
        var token = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
        Assert.Equal("Bearer", (string?)token["token_type"]);
        Assert.Equal("developer/v1/all", (string?)token["scope"]);

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
        using var me = await client.GetAsync(new Uri(fixture.Host.Root, "developer_api/v1/users/me"));

        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        Assert.DoesNotContain("sandbox-secret", fixture.Host.Journal.Entries[0].Body!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_is_rejected()
    {
        using var reply = await RedeemAsync("another-code");

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("{\"error\":\"invalid_grant\"}", await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_host_plays_the_storage_as_well()
    {
        using var signed = await fixture.GetAsync("/people/1/files/s3_signed_url");
        var ticket = JsonNode.Parse(await signed.Content.ReadAsStringAsync())!;
        using var client = new HttpClient();

        using var form = FileTests.Form(ticket, "Hello");
        using var uploaded = await client.PostAsync(fixture.Host.StorageUri, form);
        using var attached = await fixture.SendAsync(
            HttpMethod.Post, "/people/1/files", $"{{\"file_name\":\"hello.txt\",\"key\":\"{ticket["key"]}\"}}");

        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        Assert.Equal(HttpStatusCode.OK, attached.StatusCode);
        Assert.False(fixture.Host.Journal.Entries[1].Authenticated);
    }

    private async Task ResetAsync(string settings)
    {
        using var body = new StringContent(settings, Encoding.UTF8, "application/json");
        using var reply = await fixture.Client.PostAsync(new Uri("_sandbox/reset", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }

    private async Task<HttpResponseMessage> RedeemAsync(string code)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = "https://localhost/callback",
            ["client_id"] = "sandbox-client",
            ["client_secret"] = "sandbox-secret",
        });
        using var client = new HttpClient();
        return await client.PostAsync(fixture.Host.TokenUri, form);
    }
}
