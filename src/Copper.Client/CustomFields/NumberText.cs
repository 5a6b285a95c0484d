using System.ComponentModel;
using System.Globalization;

namespace Copper.Client.CustomFields;

/// <summary>
/// Reads numbers that people write, the same way in every culture where they are unmistakable (2500.50), and as the current culture
/// writes them otherwise (2.500,50).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

        if (!isPlain && isLocal && AsFraction(text) is { } fraction)
        {
            throw new AmbiguousNumberException(
                $"'{text}' can be read as {local.ToString(CultureInfo.InvariantCulture)} or, in a culture with a decimal comma, as "
                + $"{fraction.ToString(CultureInfo.InvariantCulture)}. Write it without separators of thousands.");
        }

        return isPlain ? plain
            : isLocal ? local
            : throw new FormatException($"'{text}' is not a number. Write it as 2500 or 2500.50, or as your culture writes numbers.");
    }

    /// <summary>.NET takes separators of thousands anywhere; here they must stand between groups of three.</summary>
    private static bool TryParseLocal(string text, out decimal amount)
    {
        var format = CultureInfo.CurrentCulture.NumberFormat;
        text = WithOneSpace(text, format.NumberGroupSeparator);
        if (!decimal.TryParse(text, Plain | NumberStyles.AllowThousands, format, out amount))
        {
            return false;
        }

        var whole = text.Trim().Split([format.NumberDecimalSeparator], StringSplitOptions.None)[0];
        var groups = whole.TrimStart('+', '-').Split([format.NumberGroupSeparator], StringSplitOptions.None);
        return groups.Length == 1
            || (groups[0].Length is >= 1 and <= 3 && groups[0][0] != '0' && groups.Skip(1).All(static group => group.Length == 3));
    }

    /// <summary>Spreadsheets and versions of .NET write different spaces between thousands.</summary>
    private static string WithOneSpace(string text, string separator) => separator.Length == 1 && IsSpace(separator[0])
        ? string.Concat(text.Trim().Select(c => IsSpace(c) ? separator[0] : c))
        : text;

    private static bool IsSpace(char c) => c is ' ' or '\u00a0' or '\u2009' or '\u202f';

    /// <summary>One comma before three digits can be the decimal one of another culture: 2,125. Null for anything else.</summary>
    private static decimal? AsFraction(string text)
    {
        var parts = text.Trim().Split(',');
        return parts.Length == 2
            && parts[1].Length == 3
            && parts[1].All(static c => c is >= '0' and <= '9')
            && decimal.TryParse($"{parts[0]}.{parts[1]}", Plain, CultureInfo.InvariantCulture, out var fraction)
                ? fraction
                : null;
    }
}
