using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>Patterns with * and ?, in which capitals do not matter.</summary>
internal static class Wildcards
{
    /// <summary>The pattern of a text. One that is no proper pattern, such as <c>[a-</c>, stands for itself.</summary>
    public static WildcardPattern Of(string text)
    {
        try
        {
            var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);

            // It is read at its first use only.
            _ = pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return new WildcardPattern(WildcardPattern.Escape(text), WildcardOptions.IgnoreCase);
        }
    }
}
