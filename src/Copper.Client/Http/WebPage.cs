using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Copper.Client;

/// <summary>The words of an HTML page, as a proxy sends it in place of the service's response: its title, or else its text.</summary>
internal static class WebPage
{
    private static readonly Regex Whitespace = new("\\s+");

    public static bool IsOne(string text) => text.Length > 0 && text[0] == '<';

    /// <summary>The bytes begin as a page does, after blanks and a byte order mark.</summary>
    public static bool IsBegin(ReadOnlySpan<byte> body)
    {
        foreach (var one in body)
        {
            if (one is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
            {
                return one == (byte)'<';
            }
        }

        return false;
    }

    public static string Words(string page)
    {
        var title = Plain(Title(page));
        return title.Length > 0 ? title : Plain(Visible(page));
    }

    private static string Plain(string text) => Whitespace.Replace(WebUtility.HtmlDecode(text), " ").Trim();

    private static string Title(string page)
    {
        var tag = Find(page, "<title", 0);
        var start = tag < 0 ? -1 : page.IndexOf('>', tag);
        var end = start < 0 ? -1 : Find(page, "</title", start);
        return end < 0 ? string.Empty : page.Substring(start + 1, end - start - 1);
    }

    /// <summary>What is left without tags, scripts and styles. Reads the page once, whatever its markup is.</summary>
    private static string Visible(string page)
    {
        var text = new StringBuilder();
        for (var position = 0; position < page.Length;)
        {
            var tag = page.IndexOf('<', position);
            if (tag < 0)
            {
                return text.Append(page, position, page.Length - position).ToString();
            }

            text.Append(page, position, tag - position).Append(' ');
            var end = Starts(page, tag, "<script") ? Find(page, "</script", tag)
                : Starts(page, tag, "<style") ? Find(page, "</style", tag)
                : tag;
            end = end < 0 ? -1 : page.IndexOf('>', end);
            if (end < 0)
            {
                break;
            }

            position = end + 1;
        }

        return text.ToString();
    }

    private static bool Starts(string page, int position, string tag) =>
        string.Compare(page, position, tag, 0, tag.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private static int Find(string page, string tag, int from) => page.IndexOf(tag, from, StringComparison.OrdinalIgnoreCase);
}
