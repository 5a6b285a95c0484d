using Copper.Client;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>What -RateLimit of Connect-Copper takes: windows such as 36/6s, or one word for a set of them.</summary>
internal static class RateLimitWords
{
    /// <summary>The windows that every source names, all at once.</summary>
    public const string Default = "Default";

    /// <summary>The one window that Copper documents today, and the others once an account turns out to have them.</summary>
    public const string Documented = "Documented";

    /// <summary>Sets the limits of a session.</summary>
    /// <exception cref="FormatException">The texts are neither windows nor one of the words.</exception>
    public static void Apply(IEnumerable<string> texts, CopperClientOptions options)
    {
        var windows = texts.SelectMany(static text => text.Split(',')).Select(static text => text.Trim()).ToArray();
        if (Array.Find(windows, static text => Is(text, Documented) || Is(text, Default)) is { } word)
        {
            if (windows.Length > 1)
            {
                throw new FormatException($"-RateLimit takes '{word}' alone, or windows such as '36/6s', '180/1m'.");
            }

            options.RateLimits = Is(word, Documented) ? RateLimit.Documented : RateLimit.Default;
            options.FallbackRateLimits = Is(word, Documented) ? RateLimit.Default : [];
            return;
        }

        try
        {
            options.RateLimits = Array.ConvertAll(windows, RateLimit.Parse);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{ExceptionText.Of(exception)} Or one word: '{Default}', or '{Documented}' for 180/1m.", exception);
        }
    }

    private static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
