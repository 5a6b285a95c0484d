using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Retry;

/// <summary>The client takes a place under the rate limit for each request, keeps it as long as it must, and gives it back.</summary>
public class ThrottledClientTests : ScriptedTest
{
    private const string Ann = """{"id":7,"name":"Ann"}""";

    [Fact]
    public async Task Requests_beyond_the_limit_wait_for_a_window_after_the_first_response()
    {
        Service.ThenJson(Ann);
        var client = Client(Limit("2/6s"));

        await RunAsync(Task.WhenAll(client.People.GetAsync(7), client.People.GetAsync(7), client.People.GetAsync(7)));

        var gap = Service.Requests[2].At - Service.Requests[0].At;
        Assert.InRange(gap.TotalSeconds, 6, 6.001);
        Assert.Equal(TimeSpan.Zero, Service.Requests[1].At - Service.Requests[0].At);
    }

    [Fact]
    public async Task Each_repetition_takes_a_place_of_its_own()
    {
        Service.Then(503).ThenJson(Ann);
        var client = Client(Limit("1/6s"));

        await RunAsync(client.People.GetAsync(7));

        Assert.True(Service.Requests[1].At - Service.Requests[0].At > TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_failed_request_keeps_its_place_for_a_window()
    {
        Service.ThenRefusesTheConnection().ThenJson(Ann);
        var client = Client(options =>
        {
            Limit("1/6s")(options);
            options.MaxRetries = 0;
        });
        await FailsAsync<CopperConnectionException>(client.People.GetAsync(7));
        Assert.Equal(1, client.GetRateLimitStatus().Single().Used);

        await RunAsync(client.People.GetAsync(7));

        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 6, 6.001);
    }

    [Fact]
    public async Task The_window_runs_from_the_begin_of_the_response_and_not_from_the_end_of_its_body()
    {
        using var body = new SlowBody();
        Service.Then(_ => new HttpResponseMessage { Content = new StreamContent(body) }).ThenJson(Ann);
        var client = Client(Limit("1/6s"));
        var slow = client.People.GetAsync(7);
        var next = client.People.GetAsync(7);

        await RunAsync(next);
        body.Complete(Ann);
        await RunAsync(slow);

        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 6, 6.001);
    }

    [Fact]
    public async Task The_permit_is_held_until_the_response_begins_however_long_it_takes()
    {
        var response = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Then((_, _) => response.Task).ThenJson(Ann);
        var client = Client(Limit("1/6s"));
        var slow = client.People.GetAsync(7);
        var next = client.People.GetAsync(7);

        Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Single(Service.Requests);
        response.SetResult(ScriptedService.Response(200, Ann));
        await RunAsync(Task.WhenAll(slow, next));

        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 66, 66.001);
    }

    [Fact]
    public async Task Cancelling_while_waiting_sends_nothing_and_costs_no_place()
    {
        Service.ThenRecord();
        var client = Client(Limit("1/6s"));
        await client.People.GetAsync(1);
        using var cancel = new CancellationTokenSource();
        var waiting = client.People.GetAsync(2, cancel.Token);

        await cancel.CancelAsync();
        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await RunAsync(client.People.GetAsync(3));

        Assert.Equal(cancel.Token, failure.CancellationToken);
        Assert.Equal(["people/1", "people/3"], Service.Requests.Select(static request => request.Path));
        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 6, 6.001);
        Assert.Equal(2, client.Statistics.RequestCount);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_just_when_its_turn_has_come_gives_its_place_back_at_once()
    {
        Service.ThenJson(Ann);
        var client = Client(Limit("1/6s"));
        await client.People.GetAsync(7);
        using var cancel = new CancellationTokenSource();
        Trace.Happened = traceEvent =>
        {
            if (traceEvent.Kind == CopperTraceKind.Throttled)
            {
                Clock.Advance(TimeSpan.FromSeconds(7));
                cancel.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.People.GetAsync(7, cancel.Token));

        Assert.Equal(0, client.GetRateLimitStatus().Single().Used);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_it_began_takes_no_place()
    {
        Service.ThenJson(Ann);
        var client = Client(Limit("1/6s"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.People.GetAsync(7, new CancellationToken(canceled: true)));

        Assert.Empty(Service.Requests);
        Assert.Equal(0, client.GetRateLimitStatus().Single().Used);
    }

    [Fact]
    public async Task A_cancelled_hanging_request_frees_its_place_after_a_window()
    {
        Service.ThenHangs().ThenJson(Ann);
        var client = Client(Limit("1/6s"));
        using var cancel = new CancellationTokenSource();
        var hanging = client.People.GetAsync(7, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);

        await RunAsync(client.People.GetAsync(7));

        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 6, 6.001);
    }

    [Fact]
    public async Task The_time_allowed_for_a_request_does_not_run_while_it_waits_for_its_turn()
    {
        Service.ThenJson(Ann);
        var client = Client(options =>
        {
            Limit("1/60s")(options);
            options.Timeout = TimeSpan.FromSeconds(10);
        });

        await RunAsync(Task.WhenAll(client.People.GetAsync(7), client.People.GetAsync(7)));

        Assert.Equal(2, Service.Requests.Count);
    }

    [Fact]
    public async Task Waits_are_told_and_added_up()
    {
        Service.ThenJson(Ann);
        var client = Client(Limit("1/6s"));

        await RunAsync(Task.WhenAll(client.People.GetAsync(7), client.People.GetAsync(7)));

        Assert.Equal(
            [CopperTraceKind.Sending, CopperTraceKind.Responded, CopperTraceKind.Throttled, CopperTraceKind.Sending,
                CopperTraceKind.Responded], Trace.Kinds);
        Assert.InRange(Trace.Events[2].Duration.TotalSeconds, 6, 6.001);
        Assert.Contains("6.0 s", Trace.Events[2].Message, StringComparison.Ordinal);
        Assert.Equal(2, client.Statistics.RequestCount);
        Assert.InRange(client.Statistics.ThrottledTime.TotalSeconds, 6, 6.001);
    }

    [Fact]
    public async Task Only_bulk_requests_wait_for_the_bulk_window()
    {
        Service.ThenJson("[]");
        var client = Client(static options => options.BulkRateLimits = [RateLimit.Parse("1/1s")]);
        var bulk = new CopperRequest(HttpMethod.Post, "people/bulk_create", new JsonBody { ["people"] = Array.Empty<object>() });

        var first = client.SendAsync(bulk);
        var second = client.SendAsync(bulk);
        var other = client.SendAsync(new CopperRequest(HttpMethod.Get, "tags"));
        await RunAsync(Task.WhenAll(first, second, other));

        Assert.Equal(["people/bulk_create", "tags", "people/bulk_create"], Service.Requests.Select(static request => request.Path));
        Assert.InRange((Service.Requests[2].At - Service.Requests[0].At).TotalSeconds, 1, 1.001);
    }

    [Fact]
    public async Task Two_sessions_of_one_account_share_its_limit_once_the_account_is_known()
    {
        Service.ThenJson("""{"id":42,"name":"Acme"}""");
        var left = Client(Limit("2/6s"));
        var right = Client(options =>
        {
            Limit("2/6s")(options);
            options.Identity = CopperIdentity.FromApiKey("bob@example.com", "another-key");
        });

        await left.GetAccountAsync();
        await right.GetAccountAsync();
        Assert.Equal(2, left.GetRateLimitStatus().Single().Used);
        await RunAsync(right.GetCurrentUserAsync());

        Assert.InRange((Service.Requests[2].At - Service.Requests[0].At).TotalSeconds, 6, 6.001);
    }

    [Fact]
    public async Task Two_sessions_of_one_key_share_its_limit_at_once()
    {
        Service.ThenJson(Ann);
        var left = Client(Limit("1/6s"));
        var right = Client(Limit("1/6s"));

        await RunAsync(Task.WhenAll(left.People.GetAsync(7), right.People.GetAsync(7)));

        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 6, 6.001);
    }

    [Fact]
    public async Task Sessions_of_different_accounts_do_not_hold_each_other_up_once_that_is_known()
    {
        Service.ThenJson("""{"id":42}""").ThenJson("""{"id":43}""").ThenJson(Ann);
        var left = Client(Limit("2/6s"));
        var right = Client(options =>
        {
            Limit("2/6s")(options);
            options.Identity = CopperIdentity.FromApiKey("bob@example.com", "another-key");
        });

        await RunAsync(left.GetAccountAsync());
        await RunAsync(right.GetAccountAsync());
        Assert.Equal(1, left.GetRateLimitStatus().Single().Used);
        await RunAsync(Task.WhenAll(left.People.GetAsync(7), right.People.GetAsync(7)));

        Assert.Equal(Service.Requests[0].At, Service.Requests[3].At);
    }

    [Fact]
    public async Task A_session_whose_account_is_not_known_waits_for_every_account_that_it_may_belong_to()
    {
        Service.ThenJson("""{"id":42}""").ThenJson(Ann);
        var left = Client(Limit("1/6s"));
        var right = Client(options =>
        {
            Limit("1/6s")(options);
            options.Identity = CopperIdentity.FromApiKey("bob@example.com", "another-key");
        });

        await RunAsync(left.GetAccountAsync());
        await RunAsync(right.People.GetAsync(7));

        Assert.InRange((Service.Requests[1].At - Service.Requests[0].At).TotalSeconds, 6, 6.001);
    }

    private static Action<CopperClientOptions> Limit(string limit) => options => options.RateLimits = [RateLimit.Parse(limit)];

    /// <summary>A body whose bytes come when the test wants it.</summary>
    private sealed class SlowBody : Stream
    {
        private readonly TaskCompletionSource<byte[]> _bytes = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Complete(string text) => _bytes.SetResult(System.Text.Encoding.UTF8.GetBytes(text));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var bytes = await _bytes.Task.WaitAsync(cancellationToken);
            var count = Math.Min(buffer.Length, bytes.Length - _read);
            bytes.AsMemory(_read, count).CopyTo(buffer);
            _read += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
