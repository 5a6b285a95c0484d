using Copper.Client.Metadata;

namespace Copper.Client.Tests.Names;

public sealed class CountriesTests
{
    [Fact]
    public void Each_country_has_a_code_of_its_own_and_a_name()
    {
        Assert.Equal(249, Countries.All.Count);
        Assert.Equal(249, Countries.All.Select(static country => country.Key).Distinct().Count());
        Assert.Equal(249, Countries.All.Select(static country => country.Value).Distinct().Count());
        Assert.All(Countries.All, static country => Assert.Matches("^[A-Z][A-Z]$", country.Key));
    }

    [Theory]
    [InlineData("FR", "FR")]
    [InlineData("france", "FR")]
    [InlineData(" United Kingdom ", "GB")]
    [InlineData("Holland", "NL")]
    [InlineData("Türkiye", "TR")]
    [InlineData("Niger", "NE")]
    [InlineData("Guinea", "GN")]
    public void A_name_or_a_code_has_its_code(string text, string code) => Assert.Equal(code, Countries.CodeOf(text));

    [Theory]
    [InlineData("Frence")]
    [InlineData("XX")]
    [InlineData("")]
    public void Any_other_text_has_none(string text) => Assert.Null(Countries.CodeOf(text));
}
