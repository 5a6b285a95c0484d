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
        if (!text.Any(IsInvisible))
        {
            return text;
        }

        var shown = new StringBuilder();
        foreach (var c in text)
        {
            _ = IsInvisible(c) ? shown.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)c) : shown.Append(c);
        }

        return shown.ToString();
    }

    // U+200D joins what is one picture (a family of emoji); alone it is as invisible as the others, so it is shown too.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => c != ' ',
        UnicodeCategory.Control => c is not ('\t' or '\r' or '\n'),
        _ => false,
    };
}
