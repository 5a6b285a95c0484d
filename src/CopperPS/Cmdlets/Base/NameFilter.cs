using System.Management.Automation;
using System.Text;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// A name with wildcards. The service knows none: it is asked for the longest text between them, and what it finds is compared here.
/// </summary>
internal sealed class NameFilter
{
    private readonly WildcardPattern _pattern;

    private NameFilter(string text)
    {
        Text = text;
        _pattern = Wildcards.Of(text);
        Literal = LongestLiteral(text);
    }

    /// <summary>The name as it was given.</summary>
    public string Text { get; }

    /// <summary>What the service is asked for; null when there is nothing but wildcards.</summary>
    public string? Literal { get; }

    /// <summary>The filter of a text with * or ?; null for any other, which the service compares alone.</summary>
    public static NameFilter? Of(string? text) => HasWildcards(text) ? new NameFilter(text!) : null;

    public static bool HasWildcards(string? text) => text is not null && text.IndexOfAny(['*', '?']) >= 0;

    public bool IsMatch(string? name) =>
        name is not null && (_pattern.IsMatch(name) || string.Equals(name, Text, StringComparison.OrdinalIgnoreCase));

    private static string? LongestLiteral(string text)
    {
        var longest = string.Empty;
        var run = new StringBuilder();
        for (var place = 0; place < text.Length; place++)
        {
            var letter = text[place];
            if (letter == '`' && place + 1 < text.Length)
            {
                run.Append(text[++place]);
                continue;
            }

            if (letter is '*' or '?' or '[')
            {
                longest = Longer(longest, run);
                var end = letter == '[' ? text.IndexOf(']', place) : place;
                place = end < 0 ? text.Length : end;
                continue;
            }

            run.Append(letter);
        }

        longest = Longer(longest, run);
        return longest.Length == 0 ? null : longest;
    }

    private static string Longer(string longest, StringBuilder run)
    {
        var text = run.ToString().Trim();
        run.Clear();
        return text.Length > longest.Length ? text : longest;
    }
}
