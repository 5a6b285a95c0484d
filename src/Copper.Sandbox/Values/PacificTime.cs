namespace Copper.Sandbox.Values;

/// <summary>
/// The zone of the account, US Pacific: the service keeps the value of a custom date field as midnight there, 08:00Z in winter
/// and 07:00Z in summer, in every published response. The framework's time zones are not used because their names and data differ
/// between systems. The rules are those in force since 2007, for all years.
/// </summary>
internal static class PacificTime
{
    /// <summary>The name of the zone, as the account tells it. The form of the name is assumed.</summary>
    public const string Name = "America/Los_Angeles";

    private const long SecondsOfHour = 3600;
    private const int WinterOffset = 8;
    private const int SummerOffset = 7;

    /// <summary>Midnight of a day, in Unix seconds.</summary>
    public static long Midnight(DateTime day)
    {
        long midnightUtc = new DateTimeOffset(day.Year, day.Month, day.Day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        return midnightUtc + ((BeginsInSummerTime(day) ? SummerOffset : WinterOffset) * SecondsOfHour);
    }

    /// <summary>The midnight that a moment comes after, both in Unix seconds.</summary>
    public static long MidnightBefore(long moment)
    {
        var day = DateTimeOffset.FromUnixTimeSeconds(moment - (SummerOffset * SecondsOfHour)).Date;
        long midnight = Midnight(day);
        return midnight <= moment ? midnight : Midnight(day.AddDays(-1));
    }

    /// <summary>Whether summer time holds at the first moment of a day; it begins and ends at two in the morning.</summary>
    private static bool BeginsInSummerTime(DateTime day) =>
        day.Date > Sunday(day.Year, 3, 2) && day.Date <= Sunday(day.Year, 11, 1);

    private static DateTime Sunday(int year, int month, int number)
    {
        var first = new DateTime(year, month, 1);
        int toSunday = (7 - (int)first.DayOfWeek) % 7;
        return first.AddDays(toSunday + (7 * (number - 1)));
    }
}
