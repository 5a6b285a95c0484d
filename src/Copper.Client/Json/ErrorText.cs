using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Copper.Client.Json;

/// <summary>Makes text of unknown origin fit to be shown: a response may hold anything, also what steers a terminal.</summary>
internal static class ErrorText
{
    private const int Longest = 1000;
    private static readonly Regex UserInfo = new("://[^/@\\s'\"<>]+@");

    /// <summary>
    /// Without characters that steer a terminal or turn a text around: line breaks and tabs become spaces; other control characters
    /// (escape sequences begin with one), line separators and marks of direction are shown as <c>\u001B</c>, halves of a character as
    /// a replacement mark.
    /// </summary>
    public static string Printable(string text)
    {
        if (!text.Any(static c => IsControlOrFormat(c) || char.IsSurrogate(c)))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                shown.Append(text, i++, 2);
            }
            else if (char.IsSurrogate(text[i]))
            {
                shown.Append('\uFFFD');
            }
            else if (text[i] is '\t' or '\r' or '\n')
            {
                shown.Append(' ');
            }
            else if (IsControlOrFormat(text[i]))
            {
                shown.Append("\\u").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                shown.Append(text[i]);
            }
        }

        return shown.ToString();
    }

    /// <summary>
    /// Without user name and password in an address: https://user:password@host is https://***@host. What .NET reports about a proxy
    /// repeats the address in full.
    /// </summary>
    public static string WithoutUserInfo(string text) => text.IndexOf('@') < 0 ? text : UserInfo.Replace(text, "://***@");

    /// <summary>A number of bytes as people write it: 64 MB.</summary>
    public static string Size(long bytes) => bytes < 1024 * 1024
        ? string.Format(CultureInfo.InvariantCulture, "{0:#,0} bytes", bytes)
        : string.Format(CultureInfo.InvariantCulture, "{0:0.#} MB", bytes / (1024.0 * 1024.0));

    /// <summary>What the service stated, as a sentence after another one; empty when it stated nothing.</summary>
    public static string Said(string words) =>
        words.Length == 0 ? string.Empty : " It said: " + (words[words.Length - 1] is '.' or '!' or '?' ? words : words + ".");

    /// <summary>U+2028 and U+2029 break lines; U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 set a direction.</summary>
    private static bool IsControlOrFormat(char c) =>
        char.IsControl(c)
        || c is '\u2028' or '\u2029' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Printable, and no longer than somebody would read.</summary>
    public static string Tidy(string text)
    {
        var cut = text.Length <= Longest ? text : text.Substring(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest) + " …";
        return Printable(cut);
    }
}
