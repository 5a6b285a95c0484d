using System.ComponentModel;

namespace Copper.Data.Columns;

/// <summary>Text that a spreadsheet would take for a formula (owasp.org/www-community/attacks/CSV_Injection).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SpreadsheetText
{
    /// <summary>
    /// The same value with an apostrophe before a text that a spreadsheet could run. Numbers stay numbers, also those written as
    /// text: -5, +49.5.
    /// </summary>
    public static object? Neutralize(object? value) =>
        value is string { Length: > 0 } text && IsDangerous(text) ? "'" + text : value;

    /// <summary>The value as it was before <see cref="Neutralize"/>: an exported file must not come back with apostrophes.</summary>
    public static object Restore(object value) =>
        value is string { Length: > 1 } text && text[0] == '\'' && IsDangerous(text.Substring(1)) ? text.Substring(1) : value;

    private static bool IsDangerous(string text) => text[0] switch
    {
        '=' or '@' or '\t' or '\r' or '\n' => true,

        // The wide forms too, which East Asian editions take for the same.
        '\uff1d' or '\uff20' or '\uff0b' or '\uff0d' => true,
        '+' or '-' => !IsNumber(text),
        _ => false,
    };

    private static bool IsNumber(string text)
    {
        var digits = text.Substring(1);
        var separators = digits.Count(static c => c is '.' or ',');
        return separators <= 1 && digits.Length > separators && digits.All(static c => c is (>= '0' and <= '9') or '.' or ',');
    }
}
