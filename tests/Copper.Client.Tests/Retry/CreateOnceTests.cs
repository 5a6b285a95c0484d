namespace Copper.Client.Tests.Retry;

/// <summary>What makes something new is tried again only when the service surely did not take it; else its outcome is unknown, and that is
/// said.</summary>
public class CreateOnceTests : RetryTest
{
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
    public async Task A_create_without_a_response_in_time_is_not_retried()
    {
        Service.ThenHangs();

        var failure =
            await FailsAsync<CopperOutcomeUnknownException>(CreateAsync(static options => options.Timeout = TimeSpan.FromSeconds(100)));

        Assert.IsType<CopperTimeoutException>(failure.InnerException);
        Assert.Contains("100 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.StatusCode);
        Assert.Single(Service.Requests);
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
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(460)]
    [InlineData(499)]
    public async Task A_status_that_may_come_after_the_work_leaves_the_outcome_unknown(int status)
    {
        Service.Then(status, "<html><title>Elsewhere</title></html>").ThenJson(Ann);

        var failure = await FailsAsync<CopperOutcomeUnknownException>(CreateAsync());

        Assert.Equal(status, (int)failure.StatusCode!);
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(409)]
    [InlineData(499)]
    public async Task The_same_status_to_a_read_or_an_update_is_what_it_says(int status)
    {
        Service.Then(status);

        await Assert.ThrowsAnyAsync<CopperApiException>(() => RunAsync(Client().People.GetAsync(7)));
        await Assert.ThrowsAnyAsync<CopperApiException>(() => RunAsync(Client().People.UpdateAsync(7, new JsonBody { ["name"] = "Ann" })));
    }

    [Theory]
    [InlineData(409)]
    [InlineData(425)]
    public async Task The_services_own_word_that_it_did_nothing_counts(int status)
    {
        Service.Then(status, """{"success":false,"message":"Already there"}""");

        var failure = await Assert.ThrowsAnyAsync<CopperApiException>(() => RunAsync(CreateAsync()));

        Assert.Equal("Already there", failure.ServerMessage);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(501)]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_create_that_was_rejected_has_a_known_outcome(int status)
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
}
