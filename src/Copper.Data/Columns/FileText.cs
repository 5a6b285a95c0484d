using System.ComponentModel;
using System.Text.RegularExpressions;

namespace Copper.Data.Columns;

/// <summary>
/// Tells that a file of rows was read in another encoding, or with another delimiter, than it was written in: what stands in the rows then
/// is not what the file says.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FileText
{
    private const char Replacement = '\uFFFD';
    private const string Delimiters = ";\t|,";
    private const string MarkReadAs1252 = "\u00EF\u00BB\u00BF";

    /// <summary>
    /// UTF-8 that was read as Windows-1252: ä becomes Ã¤, and a dash three characters of which the first two are â€. No word has an Ã
    /// before one of these.
    /// </summary>
    private static readonly Regex ReadAs1252 = new(
        "\u00C3[\u0080-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u02C6\u02DC\u2013-\u2022\u2026\u2030\u2039\u203A\u20AC\u2122]"
            + "|\u00E2\u20AC[\u0080-\u00BF\u0152\u0153\u0161\u02DC\u201A-\u201E\u2020-\u2022\u2026\u2030\u20AC\u2122]",
        RegexOptions.CultureInvariant);

    private static string Utf8 => Advice.Give(Advice.CsvEncoding, "the encoding UTF-8", "UTF8");

    /// <summary>What is wrong with the headings of a file, and how to read it; null when nothing is.</summary>
    public static string? ProblemOfHeadings(IReadOnlyCollection<string> headings)
    {
        if (headings.FirstOrDefault(static heading => heading.Contains('\0')) is { } wide)
        {
            return "The headings hold NUL characters: the file is in UTF-16, and was read in another encoding. Read it with "
                + (wide[0] == '\0' ? Advice.Give(Advice.CsvEncoding, "the encoding UTF-16 BE", "BigEndianUnicode")
                    : Advice.Give(Advice.CsvEncoding, "the encoding UTF-16", "Unicode")) + ".";
        }

        if (headings.FirstOrDefault(static heading => ProblemOf(heading) is not null) is { } damaged)
        {
            return $"The heading '{damaged}' {ProblemOf(damaged)}";
        }

        var only = headings.Count == 1 ? headings.First().Trim() : string.Empty;
        if (only.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            var sign = only.Length > 4 ? only[4] : ';';
            return $"The first line of the file, '{only}', is for Excel. " + Advice.Give(
                Advice.CsvWithoutFirstLine, $"Leave it out, and read the others with the delimiter {Quoted(sign)}.", sign.ToString());
        }

        return only.FirstOrDefault(Delimiters.Contains) is not '\0' and var delimiter
            ? $"The row has a single column, '{only.Replace("\t", "\\t")}': its file has another delimiter. Read it with "
                + Advice.Give(Advice.CsvDelimiter, $"the delimiter {Quoted(delimiter)}", delimiter.ToString()) + "."
            : null;
    }

    /// <summary>What is wrong with a text, and how to read its file: the end of a sentence. Null when nothing is.</summary>
    public static string? ProblemOf(string text) =>
        text.Contains(Replacement)
            ? "holds characters that could not be read: the file was read in another encoding than it was written in. Read it with that, "
                + $"for example with {Advice.Give(Advice.CsvInWindows1252, "the encoding Windows-1252")} when it comes from Windows or "
                + "Excel."
            : text.StartsWith(MarkReadAs1252, StringComparison.Ordinal)
                || ((text.Contains('\u00C3') || text.Contains('\u00E2')) && ReadAs1252.IsMatch(text))
            ? $"is UTF-8 that was read in another encoding. Read the file with {Utf8}."
            : null;

    private static string Quoted(char delimiter) => delimiter == '\t' ? @"'\t'" : $"'{delimiter}'";
}
