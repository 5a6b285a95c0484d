using Copper.Client.Hub;

namespace Copper.Client.Tests.PublicApi;

/// <summary>What cannot be right about the options is said when a client is created, by the name of the option.</summary>
public sealed class OptionsTests
{
    public static TheoryData<string, Action<CopperClientOptions>> Wrong => new()
    {
        { "Timeout", static options => options.Timeout = TimeSpan.Zero },
        { "Timeout", static options => options.Timeout = TimeSpan.FromSeconds(-1) },
        { "Timeout", static options => options.Timeout = TimeSpan.MaxValue },
        { "MaxRetries", static options => options.MaxRetries = -1 },
        { "LongestRetryWait", static options => options.LongestRetryWait = TimeSpan.FromSeconds(-1) },
        { "MaxResponseBytes", static options => options.MaxResponseBytes = 0 },
        { "UserAgent", static options => options.UserAgent = "My.App\r\nX-Evil: 1" },
        { "UserAgent", static options => options.UserAgent = null! },
        { "UserAgent", static options => options.UserAgent = " " },
        { "RateLimits", static options => options.RateLimits = null! },
        { "RateLimits", static options => options.RateLimits = [null!] },
        { "BulkRateLimits", static options => options.BulkRateLimits = null! },
        { "Clock", static options => options.Clock = null! },
        { "OwnRateLimit", static options => (options.OwnRateLimit, options.SharedLimit) = (true, true) },
        { "StorageUri", static options => options.StorageUri = new Uri("http://files.example") },
        { "identity", static options => options.Identity = null },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_option_is_named(string name, Action<CopperClientOptions> spoil)
    {
        var options = new CopperClientOptions { Identity = CopperIdentity.FromApiKey("a@b.example", "key") };
        spoil(options);

        Assert.Contains(name, Assert.Throws<ArgumentException>(() => new CopperClient(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_it_is_for_the_hub()
    {
        var options = new CopperHubClientOptions { Credential = new CopperHubCredential("ada", "secret"), UserAgent = "a\nb" };

        var failure = Assert.Throws<ArgumentException>(() => new CopperHubClient(options));

        Assert.Contains("UserAgent", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k3y-4711", "you@example.com")]
    [InlineData("@", "k3y-4711")]
    [InlineData("you@", "k3y-4711")]
    [InlineData("", "k3y-4711")]
    [InlineData("you@example.com", "")]
    public void An_address_and_a_key_that_were_mixed_up_are_told_apart(string email, string key)
    {
        var message = Assert.Throws<ArgumentException>(() => CopperIdentity.FromApiKey(email, key)).Message;

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new CopperClient(email, key)).Message);
        Assert.True(key.Length == 0 || !message.Contains(key, StringComparison.Ordinal));
    }
}
