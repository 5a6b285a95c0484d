using System.Globalization;

namespace Copper.Client.CustomFields;

/// <summary>
/// Reads numbers that people write, the same way in every culture where they are unmistakable (2500.50), and as the current culture
/// writes them otherwise (2.500,50).
/// </summary>
public static class NumberText
{
    private const NumberStyles Plain =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>Reads a number.</summary>
    /// <exception cref="FormatException">
    /// The text is no number, or two numbers depending on the culture; the message states which.
    /// </exception>
    public static decimal Parse(string text)
    {
        var isPlain = decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var plain);
        var isLocal = TryParseLocal(text, out var local);
        if (isPlain && isLocal && plain != local)
        {
            throw new AmbiguousNumberException(
                $"'{text}' can be read as {plain.ToString(CultureInfo.InvariantCulture)} or, in your culture, as "
                + $"{local.ToString(CultureInfo.InvariantCulture)}. Write it without separators of thousands.");
        }

        return isPlain ? plain
            : isLocal ? local
            : throw new FormatException($"'{text}' is not a number. Write it as 2500 or 2500.50, or as your culture writes numbers.");
    }

    /// <summary>.NET takes separators of thousands anywhere; here they must stand between groups of three.</summary>
    private static bool TryParseLocal(string text, out decimal amount)
    {
        var format = CultureInfo.CurrentCulture.NumberFormat;
        if (!decimal.TryParse(text, Plain | NumberStyles.AllowThousands, format, out amount))
        {
            return false;
        }

        var whole = text.Trim().Split([format.NumberDecimalSeparator], StringSplitOptions.None)[0];
        var groups = whole.TrimStart('+', '-').Split([format.NumberGroupSeparator], StringSplitOptions.None);
        return groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(static group => group.Length == 3));
    }
}
