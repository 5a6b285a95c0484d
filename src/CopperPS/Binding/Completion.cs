using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>Makes completion results: those that begin with the word first, then those that hold it, quoted where they must be.</summary>
internal static class Completion
{
    public static IEnumerable<CompletionResult> Of<T>(IEnumerable<T> values, string word, Func<T, (string Text, string ToolTip)> describe)
    {
        var sought = (word ?? string.Empty).Trim('\'', '"');
        return values
            .Select(describe)
            .Select(value => (value.Text, value.ToolTip, Place: value.Text.IndexOf(sought, StringComparison.OrdinalIgnoreCase)))
            .Where(static value => value.Place >= 0)
            .OrderBy(static value => value.Place > 0)
            .Select(static value => new CompletionResult(Quote(value.Text), value.Text, CompletionResultType.ParameterValue, value.ToolTip));
    }

    private static string Quote(string text) =>
        text.Length > 0 && text.All(static c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') && !char.IsDigit(text[0]) && text[0] != '-'
            ? text
            : "'" + text.Replace("'", "''") + "'";
}
