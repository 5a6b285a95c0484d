using Copper.Client.Metadata;

namespace CopperPS.Binding;

/// <summary>
/// Words, of which the cell of a row may hold several, separated by semicolons. A word that is not among those allowed is an error that
/// names the row; ValidateSet could not, which stays beside it for completion.
/// </summary>
/// <param name="words">The words that are allowed; none for any.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WordTransformationAttribute(params string[] words) : RowValueTransformationAttribute
{
    /// <summary>The words that are allowed; none for any.</summary>
    public IReadOnlyList<string> Words { get; } = words;

    /// <summary>The parameter takes one word instead of a list.</summary>
    public bool TakesOne { get; set; }

    private protected override bool TakesSeveral => !TakesOne;

    private protected override object? Read(object? inputData)
    {
        if (TakesOne)
        {
            return CellValue.Text(inputData) is not { } text ? null
                : string.IsNullOrWhiteSpace(text) && Words.Count > 0
                    ? throw CellValue.Wrong(text, $"is empty. There are: {string.Join(", ", Words)}.")
                : Known(text);
        }

        var texts = CellValue.Texts(inputData);
        if (texts is { Length: 1 } && BoundRow.HasCell(inputData))
        {
            texts = [.. texts[0].Split(';').Where(static part => !string.IsNullOrWhiteSpace(part))];
        }

        return texts is null ? null : Array.ConvertAll(texts, Known);
    }

    private string Known(string text) =>
        Words.Count == 0 || string.IsNullOrWhiteSpace(text) ? text.Trim()
            : Words.FirstOrDefault(word => string.Equals(word, text.Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw CellValue.Wrong(text, "is not known. " + NameSuggestions.Of(text.Trim(), Words, string.Empty));
}
