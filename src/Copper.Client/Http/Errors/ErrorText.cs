namespace Copper.Client.Http.Errors;

/// <summary>Makes text of unknown origin fit to be shown: an answer may hold anything, also what steers a terminal.</summary>
internal static class ErrorText
{
    private const int Longest = 1000;

    /// <summary>Without control characters: line breaks and tabs become spaces, others (escape sequences begin with one) a mark.</summary>
    public static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        return string.Concat(text.Select(static c => c is '\t' or '\r' or '\n' ? ' ' : char.IsControl(c) ? '\uFFFD' : c));
    }

    /// <summary>Printable, and no longer than somebody would read.</summary>
    public static string Tidy(string text)
    {
        var cut = text.Length <= Longest ? text : text.Substring(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest) + " …";
        return Printable(cut);
    }
}
