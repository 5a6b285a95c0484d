using System.Globalization;
using System.Text.Json;

namespace Copper.Sandbox.Json;

/// <summary>
/// Reads numbers and flags as the service does: text that is a number is one, "true" and "false" are flags, and 5.0 is the whole
/// number 5. Seen in recorded requests of several clients.
/// </summary>
internal static class JsonValues
{
    private const NumberStyles PlainNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static bool TryGetNumber(JsonElement json, out decimal number)
    {
        number = 0;
        return json.ValueKind switch
        {
            JsonValueKind.Number => json.TryGetDecimal(out number),
            JsonValueKind.String => decimal.TryParse(json.GetString(), PlainNumber, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
    }

    public static bool TryGetInteger(JsonElement json, out long integer)
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out integer))
        {
            return true;
        }

        bool isWhole = TryGetNumber(json, out decimal number)
            && number == decimal.Truncate(number)
            && number is >= long.MinValue and <= long.MaxValue;
        integer = isWhole ? (long)number : 0;
        return isWhole;
    }

    public static bool TryGetFlag(JsonElement json, out bool flag)
    {
        flag = json.ValueKind == JsonValueKind.True || (json.ValueKind == JsonValueKind.String && json.GetString() == "true");
        return flag || json.ValueKind == JsonValueKind.False || (json.ValueKind == JsonValueKind.String && json.GetString() == "false");
    }

    /// <summary>A value as error messages show it.</summary>
    public static string Show(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
}
