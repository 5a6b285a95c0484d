using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CopperPS.Binding.Completers;

/// <summary>What completion offers for one item.</summary>
/// <param name="Text">What is inserted.</param>
/// <param name="ToolTip">What is shown beside the list.</param>
/// <param name="ListText">What the list shows, where that is not the text; a word counts here too.</param>
/// <param name="IsCode">The text is not a word but code, which fits what was typed and needs no quotes.</param>
internal sealed record Suggestion(string Text, string ToolTip, string? ListText = null, bool IsCode = false);

/// <summary>Makes completion results: those that begin with the word first, then those that hold it, quoted where they must be.</summary>
internal static class Completion
{
    public static IEnumerable<CompletionResult> Of<T>(
        IEnumerable<T> values, string word, Func<T, (string Text, string ToolTip)> describe) =>
        Of(values.Select(describe).Select(static value => new Suggestion(value.Text, value.ToolTip)), word);

    public static IEnumerable<CompletionResult> Of(IEnumerable<Suggestion> suggestions, string word)
    {
        var typed = word ?? string.Empty;
        var sought = Unquote(typed);
        return suggestions
            .Select(suggestion => (suggestion, Rank: suggestion.IsCode ? 0 : Rank(suggestion, sought)))
            .Where(static pair => pair.Rank is not null)
            .OrderBy(static pair => pair.Rank)
            .Select(pair => new CompletionResult(
                pair.suggestion.IsCode ? pair.suggestion.Text : Quote(pair.suggestion.Text, typed),
                pair.suggestion.ListText ?? pair.suggestion.Text,
                CompletionResultType.ParameterValue,
                pair.suggestion.ToolTip));
    }

    /// <summary>
    /// How well a text fits what was typed: 0 when it begins so, 1 when a later word of it does, 2 when it stands within a word; null when
    /// it does not fit. Ger is Germany before Algeria.
    /// </summary>
    public static int? Rank(string? text, string sought)
    {
        int? best = null;
        for (var place = text?.IndexOf(sought, StringComparison.OrdinalIgnoreCase) ?? -1; place >= 0;
            place = place + 1 < text!.Length ? text.IndexOf(sought, place + 1, StringComparison.OrdinalIgnoreCase) : -1)
        {
            var rank = place == 0 ? 0 : char.IsLetterOrDigit(text![place - 1]) ? 2 : 1;
            best = best is { } known ? Math.Min(known, rank) : rank;
        }

        return best;
    }

    private static int? Rank(Suggestion suggestion, string sought) =>
        (Rank(suggestion.Text, sought), Rank(suggestion.ListText, sought)) switch
    {
        ({ } one, { } other) => Math.Min(one, other),
        var (one, other) => one ?? other,
    };

    /// <summary>What was typed so far means this: the quotes may not be closed yet.</summary>
    private static string Unquote(string word) => word.Length == 0 ? word
        : IsSingleQuote(word[0]) ? Inner(word).Replace("''", "'")
        : IsDoubleQuote(word[0]) ? Inner(word).Replace("`", string.Empty)
        : word;

    private static string Inner(string word) =>
        word.Length > 1 && word[word.Length - 1] == word[0]
            ? word.Substring(1, word.Length - 2)
            : word.Substring(1);

    /// <summary>A text in quotes, within code that is offered.</summary>
    public static string Quote(string text) => "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    /// <summary>As the user began it; else in single quotes where PowerShell would not take it for one plain word.</summary>
    private static string Quote(string text, string typed) =>
        typed.Length > 0 && IsDoubleQuote(typed[0]) ? "\"" + Escape(text) + "\""
        : typed.Length > 0 && IsSingleQuote(typed[0]) || !IsPlainWord(text) ? Quote(text)
        : text;

    private static string Escape(string text) =>
        string.Concat(text.Select(static c => c is '`' or '$' || IsDoubleQuote(c) ? "`" + c : c.ToString()));

    /// <summary>A number is one too: it stands for an id.</summary>
    private static bool IsPlainWord(string text) =>
        (text.Length > 0 && char.IsLetter(text[0]) && text.All(static c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.'))
        || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsSingleQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b';

    private static bool IsDoubleQuote(char c) => c is '"' or '\u201c' or '\u201d' or '\u201e';
}
