using System.Globalization;

namespace Copper.Sandbox.Hub;

/// <summary>Numbers as the wire has them: texts, decimals with a point and two digits.</summary>
internal static class HubNumbers
{
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Hours(decimal hours) => hours.ToString("0.00", CultureInfo.InvariantCulture);

    public static bool TryRead(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    public static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
}
