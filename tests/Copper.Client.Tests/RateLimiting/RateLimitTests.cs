namespace Copper.Client.Tests.RateLimiting;

public class RateLimitTests
{
    [Theory]
    [InlineData("36/6s", 36, 6)]
    [InlineData("180/1m", 180, 60)]
    [InlineData("600 / 10 min", 600, 600)]
    [InlineData("5000/h", 5000, 3600)]
    [InlineData("3/500ms", 3, 0.5)]
    public void It_is_written_as_requests_per_window(string text, int limit, double seconds)
    {
        var parsed = RateLimit.Parse(text);
        Assert.Equal((limit, TimeSpan.FromSeconds(seconds)), (parsed.Limit, parsed.Window));
        Assert.Equal(parsed, RateLimit.Parse(parsed.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("36")]
    [InlineData("36/6")]
    [InlineData("0/6s")]
    [InlineData("-1/6s")]
    [InlineData("36/0s")]
    [InlineData("36/2000h")]
    [InlineData("36/6s;180/1m")]
    public void Anything_else_is_rejected_with_an_example(string text)
    {
        var failure = Assert.Throws<FormatException>(() => RateLimit.Parse(text));
        Assert.Contains("'36/6s'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_default_every_documented_window_applies() =>
        Assert.Equal(["36/6s", "180/1m", "600/10m"], RateLimit.Default.Select(static limit => limit.ToString()));
}
