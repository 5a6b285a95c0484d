using Copper.Client.Tests.Support;
using Copper.SandboxHost.Faults;

namespace Copper.Client.Tests.OAuth;

/// <summary>The code flow as documented on developer.copper.com/introduction/oauth/flow.</summary>
public class CopperOAuthTests : HostTest
{
    private const string Secret = "sandbox-secret";
    private const string Code = "sandbox-code";
    private static readonly Uri Redirect = new("https://localhost/callback");

    [Fact]
    public void The_page_to_agree_on_has_all_documented_parameters()
    {
        using var flow = new CopperOAuth(new CopperClientOptions { BaseUri = CopperOAuth.DefaultBaseUri });

        Assert.Equal(
            "https://app.copper.com/oauth/authorize?response_type=code&client_id=a%26b"
            + "&redirect_uri=https%3A%2F%2Flocalhost%2Fcallback&scope=developer%2Fv1%2Fall&state=x%20y",
            flow.GetAuthorizeUri("a&b", Redirect, "x y").AbsoluteUri);
        Assert.DoesNotContain("state", flow.GetAuthorizeUri("a", Redirect).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_exchanged_for_a_token_that_the_service_accepts()
    {
        var token = await ExchangeAsync(Flow());

        var entry = Assert.Single(Host.Journal.Entries);
        Assert.Equal(("POST", "/oauth/token"), (entry.Method, entry.Path));
        Assert.StartsWith("application/x-www-form-urlencoded", entry.RawHeaders["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("grant_type=authorization_code", entry.Body, StringComparison.Ordinal);
        Assert.True((await Client(options => options.Identity = CopperIdentity.FromBearerToken(token)).GetCurrentUserAsync()).Id > 0);
    }

    [Theory]
    [InlineData("sandbox-client", Secret, "wrong-code")]
    [InlineData("sandbox-client", "wrong-secret", Code)]
    [InlineData("wrong-client", Secret, Code)]
    public async Task What_the_service_rejects_is_an_error_without_the_secrets(string client, string secret, string code)
    {
        var failure = await Assert.ThrowsAnyAsync<CopperApiException>(() => Flow().GetAccessTokenAsync(client, secret, Redirect, code));

        Assert.StartsWith("invalid_", failure.ServerMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(code, failure.ToString(), StringComparison.Ordinal);
        Assert.Single(Host.Journal.Entries);
    }

    [Fact]
    public async Task A_rejection_that_repeats_the_secrets_does_not_give_them_away()
    {
        Host.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 400, Body = $$"""{"error":"bad {{Code}} or {{Secret}}"}""" });

        var failure = await Assert.ThrowsAnyAsync<CopperApiException>(() => ExchangeAsync(Flow()));

        Assert.Equal("bad *** or ***", failure.ServerMessage);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"access_token":7}""")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":"half""")]
    [InlineData("""{"access_token":"\ud83d"}""")]
    [InlineData("<html></html>")]
    public async Task A_response_without_a_token_is_an_error_that_does_not_quote_it(string body)
    {
        Host.Faults.Add(new Fault { Kind = FaultKind.Status, Status = 200, Body = body });

        var failure = await Assert.ThrowsAsync<CopperProtocolException>(() => ExchangeAsync(Flow()));

        Assert.Contains("no access token", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("half", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.ResetBefore)]
    [InlineData(FaultKind.ResetAfter)]
    [InlineData(FaultKind.ResetBody)]
    public async Task A_code_is_never_sent_twice(FaultKind kind)
    {
        Host.Faults.Add(new Fault { Kind = kind });

        await Assert.ThrowsAsync<CopperConnectionException>(() => ExchangeAsync(Flow()));

        Assert.Single(Host.Journal.Entries);
    }

    [Fact]
    public async Task Cancelling_is_a_cancellation()
    {
        Host.Faults.Add(new Fault { Kind = FaultKind.Hang });
        using var cancel = new CancellationTokenSource(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Flow().GetAccessTokenAsync("a", "b", Redirect, "c", cancel.Token));
    }

    [Fact]
    public void An_address_in_the_clear_is_rejected() =>
        Assert.Throws<ArgumentException>(
            () => new CopperOAuth(new CopperClientOptions { BaseUri = new Uri("http://app.copper.com/oauth") }));

    private static Task<string> ExchangeAsync(CopperOAuth flow) => flow.GetAccessTokenAsync("sandbox-client", Secret, Redirect, Code);

    private CopperOAuth Flow() => Owned(new CopperOAuth(new CopperClientOptions { BaseUri = new Uri(Host.Root, "/oauth") }));
}
