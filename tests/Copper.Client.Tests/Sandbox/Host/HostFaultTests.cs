using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Sandbox.Host;

public sealed class HostFaultTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    public void Dispose() => fixture.Host.Reset();

    [Fact]
    public async Task A_status_is_the_response_as_often_as_told()
    {
        await fixture.ArmAsync(
            """{"kind":"status","status":503,"body":"down","contentType":"text/plain","headers":{"Retry-After":"2"},"times":2}""");

        using var first = await fixture.GetAsync("/people/1");
        using var second = await fixture.GetAsync("/people/1");
        using var third = await fixture.GetAsync("/people/1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.Equal("down", await first.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(2), first.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task A_fault_hits_matching_requests_only_and_may_let_some_pass_first()
    {
        await fixture.ArmAsync("""{"kind":"status","status":500,"match":{"method":"get","path":"^/people/\\d+$","after":1}}""");

        using var other = await fixture.GetAsync("/users/me");
        using var passed = await fixture.GetAsync("/people/1");
        using var hit = await fixture.GetAsync("/people/2");

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, hit.StatusCode);
    }

    [Theory]
    [InlineData("reset-before", false)]
    [InlineData("reset-after", true)]
    [InlineData("reset-body", true)]
    public async Task A_reset_ends_the_connection_before_or_after_the_request_is_applied(string kind, bool applied)
    {
        await fixture.ArmAsync($$"""{"kind":"{{kind}}"}""");

        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var reply = await fixture.SendAsync(HttpMethod.Put, "/people/1", "{\"title\":\"Countess\"}");
        });

        using var person = await fixture.GetAsync("/people/1");
        Assert.Equal(applied, (await person.Content.ReadAsStringAsync()).Contains("Countess", StringComparison.Ordinal));
        Assert.True(fixture.Host.Journal.Entries[0].Aborted);
    }

    [Fact]
    public async Task A_truncated_body_is_valid_HTTP_but_no_JSON()
    {
        await fixture.ArmAsync("""{"kind":"truncate-json"}""");

        using var reply = await fixture.GetAsync("/users/me");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        string half = await reply.Content.ReadAsStringAsync();
        Assert.StartsWith("{\"id\":1001,\"name\":\"Dana Demo\",", half, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(half));
    }

    [Fact]
    public async Task A_short_page_lacks_its_last_records_which_come_on_no_other_page()
    {
        await fixture.ArmAsync("""{"kind":"short-page","missing":3,"match":{"path":"/people/search"}}""");

        var first = await SearchAsync("""{"sort_by":"date_created","page_size":10,"page_number":1}""");
        var second = await SearchAsync("""{"sort_by":"date_created","page_size":10,"page_number":2}""");

        Assert.Equal(Enumerable.Range(1, 7).Select(id => (long)id), first);
        Assert.Equal(Enumerable.Range(11, 10).Select(id => (long)id), second);

        async Task<long[]> SearchAsync(string body)
        {
            using var reply = await fixture.SendAsync(HttpMethod.Post, "/people/search", body);
            Assert.Equal("30", reply.Headers.GetValues("X-PW-TOTAL").Single());
            return [.. JsonNode.Parse(await reply.Content.ReadAsStringAsync())!.AsArray().Select(person => (long)person!["id"]!)];
        }
    }

    [Fact]
    public async Task A_hanging_request_ends_when_the_client_goes_away_and_is_not_applied()
    {
        await fixture.ArmAsync("""{"kind":"hang"}""");
        using var cancellation = new CancellationTokenSource();

        var hanging = fixture.Client.DeleteAsync(new Uri("developer_api/v1/people/1", UriKind.Relative), cancellation.Token);
        await Eventually.HoldsAsync(() => fixture.Host.Journal.Entries.Count > 0);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        using var person = await fixture.GetAsync("/people/1");
        Assert.Equal(HttpStatusCode.OK, person.StatusCode);
        Assert.Null(fixture.Host.Journal.Entries[0].Status);
    }

    [Theory]
    [InlineData("""{"kind":"slow-body","msPerChunk":1,"bytesPerChunk":16}""")]
    [InlineData("""{"kind":"chunked","bytesPerChunk":7}""")]
    [InlineData("""{"kind":"latency","ms":1}""")]
    public async Task Slow_and_chunked_responses_are_complete(string fault)
    {
        using var plain = await fixture.GetAsync("/people/1");
        await fixture.ArmAsync(fault);

        using var reply = await fixture.GetAsync("/people/1");

        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reply.Content.ReadAsStringAsync());
        Assert.Equal(fault.Contains("latency", StringComparison.Ordinal), reply.Headers.TransferEncodingChunked is null);
    }

    [Fact]
    public async Task A_redirect_leads_elsewhere()
    {
        await fixture.ArmAsync("""{"kind":"redirect","location":"https://elsewhere.example/"}""");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);

        using var reply = await client.GetAsync(fixture.Host.BaseUri);

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Equal(new Uri("https://elsewhere.example/"), reply.Headers.Location);
    }

    [Fact]
    public async Task An_empty_response_comes_after_the_request_was_applied()
    {
        await fixture.ArmAsync("""{"kind":"empty"}""");

        using var reply = await fixture.SendAsync(HttpMethod.Put, "/people/1", "{\"title\":\"Countess\"}");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync());
        using var person = await fixture.GetAsync("/people/1");
        Assert.Contains("Countess", await person.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_can_stand_where_JSON_is_expected()
    {
        await fixture.ArmAsync("""{"kind":"not-json"}""");

        using var reply = await fixture.GetAsync("/people/1");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("text/html", reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_response_can_be_encoded_without_being_asked()
    {
        await fixture.ArmAsync("""{"kind":"gzip"}""");

        using var reply = await fixture.GetAsync("/users/me");

        Assert.Equal(["gzip"], reply.Content.Headers.ContentEncoding);
        using var reader = new StreamReader(new GZipStream(await reply.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        Assert.StartsWith("{\"id\":1001", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Responses_are_encoded_for_clients_that_accept_it()
    {
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var client = new HttpClient(handler);

        using var reply = await client.GetAsync(new Uri(fixture.Host.Root, "developer_api/v1/people/1"));

        // Taken away by the handler together with the encoding.
        Assert.Null(reply.Content.Headers.ContentLength);
        Assert.Contains("Unauthorized", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"explode"}""")]
    [InlineData("""{"kind":"hang","until":"tomorrow"}""")]
    public async Task A_fault_that_is_not_understood_is_a_bad_request(string fault)
    {
        using var body = new StringContent("[" + fault + "]", System.Text.Encoding.UTF8, "application/json");

        using var reply = await fixture.Client.PostAsync(new Uri("_sandbox/faults", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task Faults_can_be_disarmed()
    {
        await fixture.ArmAsync("""{"kind":"reset-before","times":-1}""");
        using var disarmed = await fixture.Client.DeleteAsync(new Uri("_sandbox/faults", UriKind.Relative));

        using var reply = await fixture.GetAsync("/people/1");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }
}
