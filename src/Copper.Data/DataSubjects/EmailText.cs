namespace Copper.Data.DataSubjects;

/// <summary>E-mail addresses as they are compared: without case and without what surrounds them.</summary>
internal static class EmailText
{
    /// <summary>The form in which two ways to write an address are the same.</summary>
    public static string Normalize(string text)
    {
        var trimmed = text.Trim().Trim('<', '>').Trim();
        return (trimmed.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? trimmed.Substring("mailto:".Length) : trimmed)
            .ToLowerInvariant();
    }

    /// <summary>The text can be an address: something before and after one at sign, and no white space.</summary>
    public static bool IsAddress(string text)
    {
        var at = text.IndexOf('@');
        return at > 0 && at < text.Length - 1 && text.IndexOf('@', at + 1) < 0 && !text.Any(char.IsWhiteSpace)
            && !text.Any(static letter => letter is ',' or ';' or '*' or '<' or '>');
    }
}
