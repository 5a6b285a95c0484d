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
            .Select(suggestion => (suggestion, Place: suggestion.IsCode ? 0 : Place(suggestion, sought)))
            .Where(static pair => pair.Place >= 0)
            .OrderBy(static pair => pair.Place > 0)
            .Select(pair => new CompletionResult(
                pair.suggestion.IsCode ? pair.suggestion.Text : Quote(pair.suggestion.Text, typed),
                pair.suggestion.ListText ?? pair.suggestion.Text,
                CompletionResultType.ParameterValue,
                pair.suggestion.ToolTip));
    }

    private static int Place(Suggestion suggestion, string sought)
    {
        var inText = suggestion.Text.IndexOf(sought, StringComparison.OrdinalIgnoreCase);
        var inList = suggestion.ListText?.IndexOf(sought, StringComparison.OrdinalIgnoreCase) ?? -1;
        return inText < 0 ? inList : inList < 0 ? inText : Math.Min(inText, inList);
    }

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
