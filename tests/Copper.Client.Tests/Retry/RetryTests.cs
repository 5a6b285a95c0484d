namespace Copper.Client.Tests.Retry;

/// <summary>What may pass is tried again, so often and no more, with the same bytes; what will not pass is not.</summary>
public class RetryTests : RetryTest
{
    public static TheoryData<string, string> SafeCallsAndFaults()
    {
        var data = new TheoryData<string, string>();
        foreach (var call in new[] { "GET", "PUT", "DELETE", "look-up", "search" })
        {
            foreach (var fault in new[] { "429", "503", "refused", "broken", "cut", "page" })
            {
                data.Add(call, fault);
            }
        }

        return data;
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_passing_failure_of_the_service_is_survived(int status)
    {
        Service.Then(status).Then(status).ThenJson(Ann);

        Assert.Equal("Ann", (await RunAsync(Client().People.GetAsync(7))).Name);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(SafeCallsAndFaults))]
    public async Task Reads_updates_and_deletions_are_repeated_after_any_passing_failure(string call, string fault)
    {
        Fail(fault).ThenJson(Ann);
        var client = Client();

        await RunAsync(call switch
        {
            "GET" => client.People.GetAsync(7),
            "PUT" => client.People.UpdateAsync(7, new JsonBody { ["title"] = "Chief" }),
            "DELETE" => client.People.DeleteAsync(7),
            "look-up" => client.FindPersonByEmailAsync("ann@example.com"),
            _ => client.SendAsync(new CopperRequest(HttpMethod.Post, "people/search", [])),
        });

        Assert.Equal(2, Service.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(302)]
    public async Task A_rejection_is_not_retried(int status)
    {
        Service.Then(status);

        var failure = await Assert.ThrowsAnyAsync<CopperApiException>(() => RunAsync(Client().People.GetAsync(7)));

        Assert.Single(Service.Requests);
        Assert.Equal(1, failure.Attempts);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 5)]
    public async Task It_gives_up_after_the_allowed_number_of_repetitions_and_tells_how_often_it_tried(int maxRetries, int sent)
    {
        Service.Then(500);

        var failure = await FailsAsync<CopperServerException>(Client(options => options.MaxRetries = maxRetries).People.GetAsync(7));

        Assert.Equal(sent, failure.Attempts);
        Assert.Equal(sent, Service.Requests.Count);
    }

    [Fact]
    public async Task Every_try_sends_the_same_bytes()
    {
        Service.Then(503).ThenBreaksTheConnection().ThenJson(Ann);

        await RunAsync(Client().People.UpdateAsync(7, new JsonBody { ["title"] = "Chief", ["tags"] = new[] { "a" } }));

        Assert.Equal(3, Service.Requests.Count);
        Assert.Equal(
            """{"title":"Chief","tags":["a"]}""", Assert.Single(Service.Requests.Select(static request => request.Body).Distinct()));
    }

    [Fact]
    public async Task What_happens_is_told_in_order()
    {
        Service.Then(503, string.Empty, ("Retry-After", "2")).ThenBreaksTheConnection().ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.Equal(
            [
                CopperTraceKind.Sending, CopperTraceKind.Responded, CopperTraceKind.Retrying,
                CopperTraceKind.Sending, CopperTraceKind.Failed, CopperTraceKind.Retrying,
                CopperTraceKind.Sending, CopperTraceKind.Responded,
            ],
            Trace.Kinds);
        Assert.All(Trace.Events, static traceEvent => Assert.Equal(("GET", "/people/7"), (traceEvent.Method, traceEvent.PathAndQuery)));
        Assert.Equal(Gaps()[0], Trace.Events[2].Duration);
        Assert.Contains("503", Trace.Events[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_client_fails_at_once()
    {
        var client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey("ann@example.com", Key),
            Clock = Clock,
            Throttles = Throttles,
        });
        client.Dispose();
        var before = Clock.Elapsed;

        await Assert.ThrowsAsync<ObjectDisposedException>(() => RunAsync(client.People.CreateAsync(new JsonBody { ["name"] = "Ann" })));

        Assert.Equal(before, Clock.Elapsed);
    }
}
