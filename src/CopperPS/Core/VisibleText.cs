using System.Globalization;
using System.Text;

namespace CopperPS.Core;

/// <summary>
/// Shows a value in an error so that one sees what it holds. A value from a web page or a spreadsheet may hold characters that
/// are invisible or look like a space, and the value then looks right.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text with every invisible character written as an escape: "7\u200B". Spaces and line breaks stay.</summary>
    public static string Of(string text)
    {
        // A carriage return alone would let the rest of the line write over its beginning.
        text = text.Replace("\r\n", "\n");
        return text.Any(IsInvisible) ? Escaped(text, IsInvisible) : text;
    }

    /// <summary>
    /// The text as a console may get it: what controls a terminal or turns the direction of writing is escaped, and the rest, pictures and
    /// special spaces too, is as it was.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="keepsLines">Line breaks stay; otherwise they become spaces.</param>
    public static string InView(string text, bool keepsLines = false)
    {
        bool IsControl(char c) => ControlsTerminal(c) && !(keepsLines && c == '\n');
        return text.Any(ControlsTerminal)
            ? Escaped(text.Replace("\r\n", "\n").Replace('\n', keepsLines ? '\n' : ' ').Replace('\t', ' '), IsControl)
            : text;
    }

    private static bool ControlsTerminal(char c) => char.IsControl(c)
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static string Escaped(string text, Func<char, bool> isEscaped)
    {
        var shown = new StringBuilder();
        foreach (var c in text)
        {
            _ = isEscaped(c) ? shown.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)c) : shown.Append(c);
        }

        return shown.ToString();
    }

    // U+200D joins what is one picture (a family of emoji); alone it is as invisible as the others, so it is shown too.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => c != ' ',
        UnicodeCategory.Control => c is not ('\t' or '\n'),
        _ => false,
    };
}
