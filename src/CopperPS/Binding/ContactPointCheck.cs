using System.Collections;
using System.Text.RegularExpressions;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>What an e-mail address or a phone number must be to be written. A record may have others: somebody else wrote them.</summary>
internal static class ContactPointCheck
{
    /// <summary>A spreadsheet shortens long numbers to 4.42E+11, with a point or a comma: the digits are lost.</summary>
    private static readonly Regex Shortened = new("^[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+$", RegexOptions.CultureInvariant);

    /// <summary>A comma may be a part of an address of the web; one before a space or another address separates two.</summary>
    private static readonly Regex CommaBetween = new(@",(\s|https?:|www\.)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>What is wrong with a value, or with one of several; null when nothing is.</summary>
    public static string? ProblemOf(object? value) => value switch
    {
        CopperEmail { Email: { Length: > 0 } email } when email.Contains(',') && IsAddress(email.Split(',')[0].Trim()) => Several(email),
        CopperEmail { Email: { Length: > 0 } email } when !IsAddress(email) => $"'{VisibleText.Of(email)}' is not an e-mail address.",
        CopperPhoneNumber { Number: { Length: > 0 } number } when Shortened.IsMatch(number) =>
            $"'{number}' is no phone number: a spreadsheet shortened it, and digits are lost. Format the column as text there, and enter "
                + "the number again.",
        CopperWebsite { Url: { Length: > 0 } url } when CommaBetween.IsMatch(url) => Several(url),
        CopperSocial { Url: { Length: > 0 } url } when CommaBetween.IsMatch(url) => Several(url),
        string => null,
        IEnumerable list => list.Cast<object?>().Select(ProblemOf).FirstOrDefault(static problem => problem is not null),
        _ => null,
    };

    private static string Several(string text) =>
        $"'{VisibleText.Of(text)}' has a comma in it. Separate several with semicolons: "
            + $"'{VisibleText.Of(string.Join("; ", text.Split(',').Select(static part => part.Trim())))}'.";

    private static bool IsAddress(string text)
    {
        var at = text.IndexOf('@');
        return at > 0 && at < text.Length - 1 && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
