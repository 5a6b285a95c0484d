namespace Copper.Client.Tests.Retry;

/// <summary>A deletion that may have been carried out, and then finds nothing, has done what it should; otherwise nothing there is an
/// error.</summary>
public class DeleteRetryTests : RetryTest
{
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
    public async Task What_was_turned_away_in_between_does_not_make_it_undone(string fault)
    {
        Service.ThenBreaksTheConnection();
        Fail(fault).Then(404);

        await RunAsync(Client().People.DeleteAsync(7));

        Assert.Equal(3, Service.Requests.Count);
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
    public async Task An_empty_response_to_a_deletion_is_a_good_one()
    {
        Service.Then(200);

        await RunAsync(Client().People.DeleteAsync(7));

        Assert.Single(Service.Requests);
    }
}
