using System.Net.Sockets;

namespace Copper.Client.Tests.Retry;

/// <summary>
/// A name without an address is most likely misspelled when it was never right: the error comes after one retry, not after all of them.
/// </summary>
public class UnknownNameRetryTests : RetryTest
{
    [Theory]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.TryAgain)]
    [InlineData(SocketError.NoData)]
    public async Task A_name_that_was_never_right_is_retried_once(SocketError error)
    {
        Service.ThenKnowsNoSuchName(error).ThenKnowsNoSuchName(error);

        var failure = await Assert.ThrowsAsync<CopperConnectionException>(
            () => RunAsync(Client(static options => options.MaxRetries = 4).GetCurrentUserAsync()));

        Assert.Equal((2, true), (failure.Attempts, failure.IsUnknownName));
        Assert.Equal(2, Service.Requests.Count);
    }

    [Fact]
    public async Task The_fewer_retries_of_the_client_hold()
    {
        Service.ThenKnowsNoSuchName();

        var failure = await Assert.ThrowsAsync<CopperConnectionException>(
            () => RunAsync(Client(static options => options.MaxRetries = 0).GetCurrentUserAsync()));

        Assert.Equal(1, failure.Attempts);
    }

    [Fact]
    public async Task A_name_that_was_right_before_is_retried_as_any_fault_of_the_network()
    {
        Service.Then(200, Ann).ThenKnowsNoSuchName().ThenKnowsNoSuchName().ThenKnowsNoSuchName().Then(200, Ann);
        var client = Client(static options => options.MaxRetries = 4);

        await RunAsync(client.People.GetAsync(7));
        var person = await RunAsync(client.People.GetAsync(7));

        Assert.Equal("Ann", person.Name);
        Assert.Equal(5, Service.Requests.Count);
    }
}
