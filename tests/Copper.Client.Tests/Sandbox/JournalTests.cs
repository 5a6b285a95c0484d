using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

public class JournalTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void It_shows_requests_and_responses()
    {
        _account.Put("/people/7?custom_field_computed_values=true", "{\"title\":\"Countess\"}");

        var entry = Assert.Single(_account.Sandbox.Journal);
        Assert.Equal(1, entry.Number);
        Assert.Equal(_account.Now, entry.Time);
        Assert.Equal("PUT", entry.Method);
        Assert.Equal("/people/7", entry.Path);
        Assert.Equal("true", entry.Query["custom_field_computed_values"]);
        Assert.Equal("{\"title\":\"Countess\"}", entry.Body);
        Assert.Equal(200, entry.Status);
        Assert.True(entry.Authenticated);
    }

    [Fact]
    public void It_does_not_show_secrets_but_lets_them_be_compared()
    {
        _account.Get("/account");

        string shown = Assert.Single(_account.Sandbox.Journal).Headers["X-PW-AccessToken"];
        Assert.DoesNotContain(SandboxOptions.DefaultApiKey, shown, StringComparison.Ordinal);
        Assert.Equal(SecretMask.Mask(SandboxOptions.DefaultApiKey), shown);
        Assert.NotEqual(SecretMask.Mask("another-key"), shown);
    }

    [Fact]
    public void It_shows_rejected_requests_too()
    {
        _account.Headers.Remove("X-PW-AccessToken");
        _account.Get("/account");

        var entry = Assert.Single(_account.Sandbox.Journal);
        Assert.Equal(401, entry.Status);
        Assert.False(entry.Authenticated);
    }

    [Fact]
    public void It_keeps_the_latest_requests_up_to_its_capacity()
    {
        var account = new TestAccount(options => options.JournalCapacity = 2);
        account.Get("/account");
        account.Get("/users/me");
        account.Get("/tags");

        Assert.Equal(["/users/me", "/tags"], account.Sandbox.Journal.Select(entry => entry.Path));
    }

    [Fact]
    public void It_can_be_emptied()
    {
        _account.Get("/account");
        _account.Sandbox.ClearJournal();

        Assert.Empty(_account.Sandbox.Journal);
    }
}
