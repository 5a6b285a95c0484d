using System.Globalization;
using System.Text.RegularExpressions;

namespace Copper.Client.Json;

/// <summary>Makes text of unknown origin fit to be shown: a response may hold anything, also what steers a terminal.</summary>
internal static class ErrorText
{
    private const int Longest = 1000;
    private static readonly Regex UserInfo = new("://[^/@\\s'\"<>]+@");

    /// <summary>Without control characters: line breaks and tabs become spaces, others (escape sequences begin with one) a mark.</summary>
    public static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        return string.Concat(text.Select(static c => c is '\t' or '\r' or '\n' ? ' ' : char.IsControl(c) ? '\uFFFD' : c));
    }

    /// <summary>
    /// Without user name and password in an address: https://user:password@host is https://***@host. What .NET says of a proxy
    /// repeats the address in full.
    /// </summary>
    public static string WithoutUserInfo(string text) => text.IndexOf('@') < 0 ? text : UserInfo.Replace(text, "://***@");

    /// <summary>A number of bytes as people say it: 64 MB.</summary>
    public static string Size(long bytes) => bytes < 1024 * 1024
        ? string.Format(CultureInfo.InvariantCulture, "{0:#,0} bytes", bytes)
        : string.Format(CultureInfo.InvariantCulture, "{0:0.#} MB", bytes / (1024.0 * 1024.0));

    /// <summary>What the service said, as a sentence after another one; empty when it said nothing.</summary>
    public static string Said(string words) =>
        words.Length == 0 ? string.Empty : " It said: " + (words[words.Length - 1] is '.' or '!' or '?' ? words : words + ".");

    /// <summary>Printable, and no longer than somebody would read.</summary>
    public static string Tidy(string text)
    {
        var cut = text.Length <= Longest ? text : text.Substring(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest) + " …";
        return Printable(cut);
    }
}
