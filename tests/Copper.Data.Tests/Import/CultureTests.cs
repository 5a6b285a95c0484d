using System.Globalization;
using Copper.Data.Import;

namespace Copper.Data.Tests.Import;

/// <summary>A file is read in the culture that the options name, whatever that of the program is.</summary>
public sealed class CultureTests : ImportTest
{
    [Theory]
    [InlineData("de-DE", "2.500,50", "24.12.2031")]
    [InlineData("en-US", "2,500.50", "12/24/2031")]
    [InlineData("fr-FR", "2500,50", "24/12/2031")]
    [InlineData("fr-FR", "2500.50", "2031-12-24")]
    public async Task Numbers_and_dates_are_read_in_it(string culture, string value, string day)
    {
        var before = CultureInfo.CurrentCulture;
        var options = new ImportOptions { Entity = "opportunity", MatchOn = ["Name"], Culture = CultureInfo.GetCultureInfo(culture) };

        var plan = await new ImportPlanner(Client, options)
            .PlanAsync([new ImportRow([new("Name", "Culture"), new("MonetaryValue", value), new("CloseDate", day)])]);

        var step = Assert.Single(plan.Steps);
        Assert.Contains("2500.5", step.Changes.ToString(), StringComparison.Ordinal);
        Assert.Matches("12/24/2031|2031-12-24", step.Changes.ToString());
        Assert.Equal(before, CultureInfo.CurrentCulture);
    }
}
