using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>
/// What a value of a row must be to be written; each rule once, for imports and for single rows. A record may have other values: somebody
/// else wrote them, and a cell that shows them is no error.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellCheck
{
    private const int EarliestYear = 1900;
    private const int LatestYear = 2199;
    private const string TextAdvice = "Format the column as text there, and enter it again.";

    /// <summary>A spreadsheet shortens long numbers to 4.42E+11, with a point or a comma: the digits are lost.</summary>
    private static readonly Regex Shortened = new("^[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+$", RegexOptions.CultureInvariant);

    /// <summary>As a spreadsheet writes it, and hardly anybody else.</summary>
    private static readonly Regex Scientific = new(@"^[+-]?[0-9]([.,][0-9]+)?E\+[0-9]{2,3}$", RegexOptions.CultureInvariant);

    /// <summary>A long number that a program has made a fraction of.</summary>
    private static readonly Regex Fraction = new("^[+-]?[0-9]{5,}[.,]0+$", RegexOptions.CultureInvariant);

    /// <summary>A comma may be a part of an address of the web; one before a space or another address separates two.</summary>
    private static readonly Regex CommaBetween = new(@",(\s|https?:|www\.)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The scheme of an address: htp: of htp:/x. A host may stand before the number of a port.</summary>
    private static readonly Regex Scheme = new("^([a-z][a-z0-9+.-]*):(?![0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>What a spreadsheet shows where a formula failed.</summary>
    private static readonly HashSet<string> Errors = new(StringComparer.OrdinalIgnoreCase)
    {
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#NV", "#BEZUG!", "#WERT!",
    };

    /// <summary>What is wrong with an address, a number or a profile, as a sentence; null when nothing is.</summary>
    public static string? ProblemOf(CopperContactPoint point) => point?.ToString().Trim() switch
    {
        null or "" => null,
        var text when point is CopperPhoneNumber && ProblemOfNumber(text) is { } ofNumber => ofNumber,
        var text when ProblemOfText(text) is { } problem => problem,
        var text when text[0] is '=' or '\uff1d' => $"'{text}' is a formula. Enter what it shows instead.",
        var text => point switch
        {
            CopperEmail when text.Contains(',') && IsAddress(text.Split(',')[0].Trim()) => Several(text),
            CopperEmail when !IsAddress(text) => $"'{text}' is not an e-mail address.",
            CopperWebsite or CopperSocial when CommaBetween.IsMatch(text) => Several(text),
            CopperWebsite or CopperSocial when HasOtherScheme(text) => NoWebAddress(text),
            CopperWebsite when text.Any(char.IsWhiteSpace) || text.IndexOfAny(['.', ':', '/']) < 0 => NoWebAddress(text),
            _ => null,
        },
    };

    /// <summary>What is wrong with a date, in words that follow it; null when nothing is: a year may have lost or swapped digits.</summary>
    /// <param name="date">The date.</param>
    public static string? ProblemOf(DateTime date) => date.Year is >= EarliestYear and <= LatestYear
        ? null
        : string.Format(
            CultureInfo.InvariantCulture,
            "is in the year {0}. Dates from {1} to {2} are written.",
            date.Year.ToString("0000", CultureInfo.InvariantCulture),
            EarliestYear,
            LatestYear);

    /// <summary>What is wrong with the domain of a company's addresses, in words that follow it; null when nothing is.</summary>
    /// <param name="domain">The domain.</param>
    public static string? ProblemOfDomain(string domain)
    {
        var text = (domain ?? throw new ArgumentNullException(nameof(domain))).Trim();
        return text.Length == 0 || (text.Contains('.') && !text.Any(static c => char.IsWhiteSpace(c) || c is '@' or '/'))
            ? null
            : "is no domain of e-mail addresses. Write it as example.com.";
    }

    /// <summary>What is wrong with any text of a row, as a sentence; null when nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isNote">It is of any length and content: it may quote what a spreadsheet shows.</param>
    public static string? ProblemOfText(string text, bool isNote = false)
    {
        if ((text ?? throw new ArgumentNullException(nameof(text))).Contains('\0'))
        {
            return $"'{text.Replace('\0', '\u2400')}' holds NUL characters. The file may have another encoding than it is read in: try "
                + Advice.Give(Advice.CsvEncoding, "the encoding UTF-16", "Unicode") + ".";
        }

        if (text.Contains('\ufffd'))
        {
            return $"'{text}' holds a character that could not be read: the file has another encoding than was assumed. Save it as "
                + $"UTF-8, or {Advice.Give(Advice.CsvInItsEncoding, "read it in the encoding that it has")}.";
        }

        return isNote ? null
            : Errors.Contains(text.Trim())
                ? $"'{text.Trim()}' is the error of a formula in a spreadsheet, and no value. Clear or correct the cell."
            : Scientific.IsMatch(text.Trim())
                ? $"'{text.Trim()}' is a number that a spreadsheet shortened, and digits are lost. {TextAdvice}"
            : null;
    }

    /// <summary>
    /// What is wrong with the tags of a cell of text, in which semicolons separate them; null when nothing is.
    /// </summary>
    /// <param name="tags">The tags.</param>
    /// <param name="present">The tags that the record has: those of them that hold a comma are meant.</param>
    public static (string Tag, string Several)? TagWithComma(IEnumerable<string> tags, IEnumerable<string>? present) =>
        tags.FirstOrDefault(tag => tag.Contains(',') && present?.Contains(tag, StringComparer.OrdinalIgnoreCase) != true) is { } doubtful
            ? (doubtful, string.Join("; ", doubtful.Split(',').Select(static tag => tag.Trim()).Where(static tag => tag.Length > 0)))
            : null;

    /// <summary>A spreadsheet takes 02180 for a number and saves 2180: the cell has the digits of the record without their zeros.</summary>
    /// <param name="cell">What stands in the cell.</param>
    /// <param name="present">What the record has.</param>
    public static bool HasLostZeros(string? cell, string? present) =>
        cell is { Length: > 0 } && present is not null && present.Length > cell.Length && present[0] == '0'
            && present.All(static c => c is >= '0' and <= '9') && present.TrimStart('0') == cell;

    /// <summary>What an error says of a cell that has lost its zeros.</summary>
    public static string LostZeros(string cell, string present) =>
        $"the record has '{present}', and the cell '{cell}': a spreadsheet takes it for a number, and drops the zeros. {TextAdvice} "
            + "Clear the cell if it is to stay as it is.";

    private static string? ProblemOfNumber(string number) =>
        Shortened.IsMatch(number) ? $"'{number}' is no phone number: a spreadsheet shortened it, and digits are lost. Format the column "
            + "as text there, and enter the number again."
        : Fraction.IsMatch(number) ? $"'{number}' is no phone number: a program made a fraction of it. Write it as "
            + $"{number.Split('.', ',')[0]}."
        : !number.Any(char.IsDigit) ? $"'{number}' is no phone number: it has no digit."
            + (number.All(static c => c == '#') ? " A spreadsheet shows so a column that is too narrow." : string.Empty)
        : null;

    private static string Several(string text) =>
        $"'{text}' has a comma in it. Separate several with semicolons: "
            + $"'{string.Join("; ", text.Split(',').Select(static part => part.Trim()))}'.";

    private static bool HasOtherScheme(string text) => Scheme.Match(text) is { Success: true } scheme
        && !(scheme.Groups[1].Value.ToUpperInvariant() is "HTTP" or "HTTPS" or "FTP"
            && text.Length > scheme.Length + 2 && text.Substring(scheme.Length, 2) == "//");

    private static string NoWebAddress(string text) => $"'{text}' is no address of a website. Write it as https://example.com.";

    private static bool IsAddress(string text)
    {
        var at = text.IndexOf('@');
        return at > 0 && at < text.Length - 1 && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
