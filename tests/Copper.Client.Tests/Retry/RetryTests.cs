using System.Globalization;
using Copper.Client.Http;
using Copper.Client.Http.Errors;
using Copper.Client.Json;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Retry;

/// <summary>What may pass is tried again, in good time, and only when nothing can be doubled by it.</summary>
public class RetryTests : ScriptedTest
{
    private const string Ann = """{"id":7,"name":"Ann"}""";

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
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(302)]
    public async Task A_refusal_is_not_repeated(int status)
    {
        Service.Then(status);

        var failure = await Assert.ThrowsAnyAsync<CopperApiException>(() => RunAsync(Client().People.GetAsync(7)));

        Assert.Single(Service.Requests);
        Assert.Equal(1, failure.Attempts);
    }

    [Fact]
    public async Task The_hint_in_seconds_is_never_undercut_and_hardly_exceeded()
    {
        Service.Then(429, string.Empty, ("Retry-After", "30")).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 30, 31.5);
    }

    [Fact]
    public async Task The_hint_as_a_date_is_never_undercut()
    {
        var date = (Clock.UtcNow + TimeSpan.FromSeconds(45)).ToString("r", CultureInfo.InvariantCulture);
        Service.Then(503, string.Empty, ("Retry-After", date)).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 45, 46.5);
    }

    [Fact]
    public async Task A_date_that_has_passed_is_no_reason_to_wait_long()
    {
        var date = (Clock.UtcNow - TimeSpan.FromHours(1)).ToString("r", CultureInfo.InvariantCulture);
        Service.Then(503, string.Empty, ("Retry-After", date)).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 0, 1.5);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("")]
    public async Task A_hint_that_makes_no_sense_counts_as_none(string hint)
    {
        Service.Then(429, string.Empty, ("Retry-After", hint)).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 1, 1.5);
    }

    [Fact]
    public async Task Without_a_hint_the_waits_double_with_up_to_half_as_much_jitter_and_stop_growing_at_a_minute()
    {
        Service.Then(503);

        await FailsAsync<CopperServerException>(Client(static options => options.MaxRetries = 9).People.GetAsync(7));

        var gaps = Gaps();
        double[] expected = [1, 2, 4, 8, 16, 32, 60, 60, 60];
        Assert.Equal(expected.Length, gaps.Count);
        Assert.All(expected.Zip(gaps), static pair => Assert.InRange(pair.Second.TotalSeconds, pair.First, pair.First * 1.5));
    }

    [Fact]
    public async Task Callers_that_failed_together_do_not_come_back_together()
    {
        Service.Then(429, string.Empty, ("Retry-After", "10"));
        var client = Client(static options => options.MaxRetries = 1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FailsAsync<CopperRateLimitException>(client.People.GetAsync(7))));

        var waits = Trace.Events.Where(static traceEvent => traceEvent.Kind == CopperTraceKind.Retrying).Select(static traceEvent => traceEvent.Duration);
        Assert.Equal(8, waits.Distinct().Count());
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
    public async Task A_hint_beyond_the_longest_wait_fails_at_once()
    {
        Service.Then(429, string.Empty, ("Retry-After", "301")).ThenJson(Ann);
        var before = Clock.Elapsed;

        var failure = await FailsAsync<CopperRateLimitException>(Client().People.GetAsync(7));

        Assert.Equal(1, failure.Attempts);
        Assert.Single(Service.Requests);
        Assert.Equal(before, Clock.Elapsed);
    }

    [Fact]
    public async Task A_hint_of_exactly_the_longest_wait_is_still_kept()
    {
        Service.Then(429, string.Empty, ("Retry-After", "300")).ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.InRange(Gaps().Single().TotalSeconds, 300, 301.5);
    }

    [Fact]
    public async Task The_longest_wait_bounds_the_clients_own_waits_instead_of_ending_the_tries()
    {
        Service.Then(503);

        var failure = await FailsAsync<CopperServerException>(
            Client(static options => options.LongestRetryWait = TimeSpan.FromSeconds(3)).People.GetAsync(7));

        Assert.Equal(5, failure.Attempts);
        Assert.All(Gaps(), static gap => Assert.InRange(gap.TotalSeconds, 1, 3));
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

    [Fact]
    public async Task An_empty_answer_to_a_deletion_is_a_good_one()
    {
        Service.Then(200);

        await RunAsync(Client().People.DeleteAsync(7));

        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task Every_try_sends_the_same_bytes()
    {
        Service.Then(503).ThenBreaksTheConnection().ThenJson(Ann);

        await RunAsync(Client().People.UpdateAsync(7, new JsonBody { ["title"] = "Chief", ["tags"] = new[] { "a" } }));

        Assert.Equal(3, Service.Requests.Count);
        Assert.Equal("""{"title":"Chief","tags":["a"]}""", Assert.Single(Service.Requests.Select(static request => request.Body).Distinct()));
    }

    [Theory]
    [InlineData("429")]
    [InlineData("refused")]
    public async Task A_create_is_repeated_when_the_service_surely_did_not_take_it(string fault)
    {
        Fail(fault).ThenJson(Ann);

        Assert.Equal(7, (await RunAsync(CreateAsync())).Id);
        Assert.Equal(2, Service.Requests.Count);
    }

    [Theory]
    [InlineData("500", typeof(CopperServerException))]
    [InlineData("503", typeof(CopperServerException))]
    [InlineData("broken", typeof(CopperConnectionException))]
    [InlineData("empty", typeof(CopperProtocolException))]
    [InlineData("cut", typeof(CopperProtocolException))]
    [InlineData("page", typeof(CopperProtocolException))]
    public async Task A_create_whose_outcome_is_unknown_is_sent_exactly_once(string fault, Type cause)
    {
        Fail(fault).ThenJson(Ann);

        var failure = await FailsAsync<CopperOutcomeUnknownException>(CreateAsync());

        Assert.Single(Service.Requests);
        Assert.Equal(1, failure.Attempts);
        Assert.IsType(cause, failure.InnerException);
        Assert.Equal(((CopperException)failure.InnerException!).StatusCode, failure.StatusCode);
        Assert.Contains("unknown", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("POST", "/people"), (failure.Method, failure.Path));
    }

    [Fact]
    public async Task A_hint_does_not_tempt_it_to_repeat_a_create_that_failed()
    {
        Service.Then(503, string.Empty, ("Retry-After", "1")).ThenJson(Ann);

        await FailsAsync<CopperOutcomeUnknownException>(CreateAsync());

        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_create_that_was_turned_away_and_then_lost_counts_both_sends()
    {
        Service.Then(429).ThenBreaksTheConnection().ThenJson(Ann);

        var failure = await FailsAsync<CopperOutcomeUnknownException>(CreateAsync());

        Assert.Equal(2, failure.Attempts);
        Assert.Equal(2, Service.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(422)]
    [InlineData(307)]
    public async Task A_create_that_was_refused_has_a_known_outcome(int status)
    {
        Service.Then(status);

        await Assert.ThrowsAnyAsync<CopperApiException>(() => RunAsync(CreateAsync()));
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("leads/7/convert")]
    [InlineData("people/bulk_create")]
    [InlineData("people/7/related")]
    [InlineData("activities")]
    [InlineData("webhooks")]
    public async Task Every_post_that_makes_something_counts_as_a_create(string path)
    {
        Service.ThenBreaksTheConnection().ThenJson(Ann);

        await FailsAsync<CopperOutcomeUnknownException>(Client().SendAsync(new CopperRequest(HttpMethod.Post, path, [])));

        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("503")]
    [InlineData("broken")]
    [InlineData("cut")]
    public async Task A_deletion_whose_repetition_finds_nothing_is_done(string fault)
    {
        Fail(fault).Then(404, """{"success":false,"status":404,"message":"Resource not found"}""");

        await RunAsync(Client().People.DeleteAsync(7));

        Assert.Equal(2, Service.Requests.Count);
    }

    [Theory]
    [InlineData("429")]
    [InlineData("refused")]
    public async Task A_deletion_that_never_got_through_and_then_finds_nothing_is_an_error(string fault)
    {
        Fail(fault).Then(404);

        var failure = await FailsAsync<CopperNotFoundException>(Client().People.DeleteAsync(7));

        Assert.Equal(2, failure.Attempts);
    }

    [Fact]
    public async Task A_first_deletion_that_finds_nothing_is_an_error()
    {
        Service.Then(404);

        await FailsAsync<CopperNotFoundException>(Client().People.DeleteAsync(7));
    }

    [Fact]
    public async Task A_read_whose_repetition_finds_nothing_is_an_error()
    {
        Service.Then(503).Then(404);

        await FailsAsync<CopperNotFoundException>(Client().People.GetAsync(7));
    }

    [Fact]
    public async Task No_answer_in_time_is_a_timeout_and_is_tried_again()
    {
        Service.ThenHangs().ThenJson(Ann);
        var before = Clock.Elapsed;

        await RunAsync(Client(static options => options.Timeout = TimeSpan.FromSeconds(100)).People.GetAsync(7));

        Assert.Equal(2, Service.Requests.Count);
        Assert.InRange((Clock.Elapsed - before).TotalSeconds, 101, 102);
    }

    [Fact]
    public async Task A_create_without_an_answer_in_time_is_not_tried_again()
    {
        Service.ThenHangs();

        var failure = await FailsAsync<CopperOutcomeUnknownException>(CreateAsync(static options => options.Timeout = TimeSpan.FromSeconds(100)));

        Assert.IsType<CopperTimeoutException>(failure.InnerException);
        Assert.Contains("100 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.StatusCode);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_before_a_repetition_and_nothing_more_is_sent()
    {
        Service.Then(503);
        using var cancel = new CancellationTokenSource();
        var work = Client().People.GetAsync(7, cancel.Token);
        Assert.False(work.IsCompleted);

        await cancel.CancelAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Equal(cancel.Token, failure.CancellationToken);
        Assert.Single(Service.Requests);
        Assert.Null(Clock.NextTimer);
    }

    [Fact]
    public async Task Cancelling_a_hanging_request_is_a_cancellation_and_neither_a_timeout_nor_a_retry()
    {
        Service.ThenHangs();
        using var cancel = new CancellationTokenSource();
        var work = CreateAsync(token: cancel.Token);

        await cancel.CancelAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Equal(cancel.Token, failure.CancellationToken);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task What_happens_is_told_in_order()
    {
        Service.Then(503, string.Empty, ("Retry-After", "2")).ThenBreaksTheConnection().ThenJson(Ann);

        await RunAsync(Client().People.GetAsync(7));

        Assert.Equal(
            [
                CopperTraceKind.Sending, CopperTraceKind.Answered, CopperTraceKind.Retrying,
                CopperTraceKind.Sending, CopperTraceKind.Failed, CopperTraceKind.Retrying,
                CopperTraceKind.Sending, CopperTraceKind.Answered,
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

    private Task<Copper.Client.Crm.Models.CopperPerson> CreateAsync(Action<CopperClientOptions>? configure = null, CancellationToken token = default) =>
        Client(configure).People.CreateAsync(new JsonBody { ["name"] = "Ann" }, token);

    private ScriptedService Fail(string fault) => fault switch
    {
        "refused" => Service.ThenRefusesTheConnection(),
        "broken" => Service.ThenBreaksTheConnection(),
        "empty" => Service.Then(200),
        "cut" => Service.Then(200, """{"id":7,"na"""),
        "page" => Service.Then(200, "<html>Proxy login</html>"),
        _ => Service.Then(int.Parse(fault, CultureInfo.InvariantCulture)),
    };

    /// <summary>The time between each request and the next.</summary>
    private List<TimeSpan> Gaps() => [.. Service.Requests.Zip(Service.Requests.Skip(1), static (left, right) => right.At - left.At)];
}
