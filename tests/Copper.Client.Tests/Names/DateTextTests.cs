using System.Globalization;
using Copper.Client.CustomFields;

namespace Copper.Client.Tests.Names;

/// <summary>A date is whole, or none: .NET completes what is left out by today's date.</summary>
public class DateTextTests
{
    [Theory]
    [InlineData("en-US", "2026-01-31", 2026, 1, 31)]
    [InlineData("de-DE", "2026-01-31", 2026, 1, 31)]
    [InlineData("de-DE", "31.01.2026", 2026, 1, 31)]
    [InlineData("de-DE", "31.1.26", 2026, 1, 31)]
    [InlineData("en-GB", "31/1/2026", 2026, 1, 31)]
    [InlineData("en-US", "1/31/2026", 2026, 1, 31)]
    [InlineData("en-US", "1/31/2026 8:00 AM", 2026, 1, 31)]
    [InlineData("en-US", "Jan 31, 2026", 2026, 1, 31)]
    [InlineData("en-US", "31 January 2026", 2026, 1, 31)]
    [InlineData("de-DE", "31. Januar 2026", 2026, 1, 31)]
    [InlineData("en-US", "Sat, 31 Jan 2026 08:00:00 GMT", 2026, 1, 31)]
    [InlineData("en-US", "2026-01-31T08:00:00Z", 2026, 1, 31)]
    [InlineData("ja-JP", "2026/1/31", 2026, 1, 31)]
    [InlineData("ja-JP", "2026年1月31日", 2026, 1, 31)]
    public void A_whole_date_is_read(string culture, string text, int year, int month, int day) => In(culture, () =>
    {
        Assert.True(DateText.TryParse(text, isCalendarDate: true, out var date));
        Assert.Equal(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified), date.Date);
        Assert.False(DateText.IsPartial(text));
    });

    [Theory]
    [InlineData("today", "2026-03-15T00:00:00")]
    [InlineData(" Yesterday ", "2026-03-14T00:00:00")]
    [InlineData("TOMORROW", "2026-03-16T00:00:00")]
    [InlineData("-7d", "2026-03-08T00:00:00")]
    [InlineData("+2w", "2026-03-29T00:00:00")]
    [InlineData("-1m", "2026-02-15T00:00:00")]
    [InlineData("-1Y", "2025-03-15T00:00:00")]
    [InlineData("-0d", "2026-03-15T00:00:00")]
    [InlineData("-12h", "2026-03-14T22:30:00")]
    public void A_date_is_counted_from_now_in_every_culture(string text, string expected) => In("ar-SA", () =>
    {
        var now = new DateTime(2026, 3, 15, 10, 30, 0, DateTimeKind.Local);
        Assert.False(DateText.TryParse(text, isCalendarDate: false, out _));
        Assert.True(DateText.TryParseRelative(text, now, isCalendarDate: false, out var time));
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), time.LocalDateTime);
        var isDay = DateText.TryParseRelative(text, now, isCalendarDate: true, out var day);
        Assert.Equal(!text.Contains('h', StringComparison.Ordinal), isDay);
        Assert.True(day == default || (day.Offset == TimeSpan.Zero && day.DateTime == time.LocalDateTime.Date));
    });

    [Theory]
    [InlineData("7d")]
    [InlineData("-7")]
    [InlineData("-d")]
    [InlineData("-7 d")]
    [InlineData("-7x")]
    [InlineData("-99999y")]
    [InlineData("-100000d")]
    [InlineData("-٧d")]
    [InlineData("now")]
    [InlineData("")]
    public void Nothing_else_is_counted_from_now(string text) =>
        Assert.False(DateText.TryParseRelative(text, DateTime.Now, isCalendarDate: false, out _));

    [Theory]
    [InlineData("en-US", "Dec 2026")]
    [InlineData("en-US", "December 2026")]
    [InlineData("en-US", "1/5")]
    [InlineData("en-US", "1/26")]
    [InlineData("en-US", "5 Jan")]
    [InlineData("en-US", "January 5")]
    [InlineData("en-US", "10:30")]
    [InlineData("en-US", "10:30 PM")]
    [InlineData("en-US", "2026-01")]
    [InlineData("en-US", "2026-1 10:30")]
    [InlineData("en-US", "1/2026")]
    [InlineData("de-DE", "5.1.")]
    [InlineData("de-DE", "Januar 2026")]
    [InlineData("de-DE", "01.2026")]
    [InlineData("en-GB", "5/1 10:30")]
    [InlineData("en-US", "7.5")]
    [InlineData("en-US", "20260131")]
    [InlineData("en-US", "tomorrow")]
    public void A_part_of_a_date_is_none(string culture, string text) =>
        In(culture, () => Assert.False(DateText.TryParse(text, isCalendarDate: true, out _)));

    [Fact]
    public void A_part_is_told_from_what_is_no_date_at_all() => In("en-US", () =>
    {
        Assert.True(DateText.IsPartial("Dec 2026"));
        Assert.False(DateText.IsPartial("tomorrow"));
        Assert.False(DateText.IsPartial("7.5"));
    });

    [Theory]
    [InlineData("de-DE", "2.500,50", 2500.5)]
    [InlineData("en-US", "2500.50", 2500.5)]
    [InlineData("de-DE", "2500.50", 2500.5)]
    public void Numbers_are_read_in_the_culture_where_they_are_unmistakable(string culture, string text, double number) =>
        In(culture, () => Assert.Equal((decimal)number, NumberText.Parse(text)));

    [Fact]
    public void A_number_that_can_be_two_is_rejected_with_both() =>
        In("de-DE", () =>
            Assert.Contains(
                "2.5", Assert.Throws<AmbiguousNumberException>(() => NumberText.Parse("2.500")).Message, StringComparison.Ordinal));

    private static void In(string culture, Action test)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            test();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
