using System.Net;
using System.Text;
using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

public class MessageHandlerTests
{
    private readonly CopperSandbox _sandbox = new(new SandboxOptions { People = 5 });

    [Theory]
    [InlineData("https://api.copper.com/developer_api/v1/")]
    [InlineData("http://localhost:1/somewhere/developer_api/v1/")]
    public async Task Any_base_address_will_do(string baseAddress)
    {
        using var client = NewClient(baseAddress);

        using var reply = await client.GetAsync(new Uri("people/3", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("application/json", reply.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(reply.Headers.GetValues("X-Request-Id"));
    }

    [Fact]
    public async Task Searches_carry_the_total()
    {
        using var client = NewClient("https://api.copper.com/developer_api/v1/");
        using var body = new StringContent("{\"page_size\":2}", Encoding.UTF8, "application/json");

        using var reply = await client.PostAsync(new Uri("people/search", UriKind.Relative), body);

        Assert.Equal("5", Assert.Single(reply.Headers.GetValues("X-PW-TOTAL")));
        Assert.Equal("{\"page_size\":2}", Assert.Single(_sandbox.Journal).Body);
    }

    [Fact]
    public async Task An_address_outside_of_the_API_is_not_found()
    {
        using var client = NewClient("https://api.copper.com/developer_api/v2/");

        using var reply = await client.GetAsync(new Uri("people/3", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task A_cancelled_request_is_not_applied()
    {
        using var client = NewClient("https://api.copper.com/developer_api/v1/");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.DeleteAsync(new Uri("people/3", UriKind.Relative), cancelled.Token));
        Assert.Empty(_sandbox.Journal);
    }

    private HttpClient NewClient(string baseAddress)
    {
        var client = new HttpClient(new SandboxMessageHandler(_sandbox)) { BaseAddress = new Uri(baseAddress) };
        client.DefaultRequestHeaders.Add("X-PW-AccessToken", SandboxOptions.DefaultApiKey);
        client.DefaultRequestHeaders.Add("X-PW-Application", "developer_api");
        client.DefaultRequestHeaders.Add("X-PW-UserEmail", SandboxOptions.DefaultUserEmail);
        return client;
    }
}
