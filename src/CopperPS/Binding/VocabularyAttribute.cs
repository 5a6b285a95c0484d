using System.Collections;
using Copper.Client.Models;

namespace CopperPS.Binding;

/// <summary>
/// The words that a parameter takes: offered by completion, compared without case and sent in the API's spelling. Another word is
/// rejected before anything is sent, and the error states how to send a word that the service supports by now. It is not rejected
/// during binding: a wrong word in a row must become an error about that row, and a word of a piped record is not input.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class VocabularyAttribute : RowValueTransformationAttribute
{
    private protected VocabularyAttribute(IReadOnlyList<string> words) => Words = words;

    /// <summary>The words in the API's spelling.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The parameter takes one word instead of a list.</summary>
    public bool TakesOne { get; set; }

    private protected override bool TakesSeveral => !TakesOne;

    private protected override object? Read(object? inputData)
    {
        var value = CellValue.Bare(inputData);
        return TakesOne || value is not IEnumerable or string or IDictionary
            ? CellValue.Text(value) is { } text ? Known(text) : null
            : ((IEnumerable)value).Cast<object?>().Select(item => CellValue.Text(item) is { } word ? Known(word) : null).ToArray();
    }

    /// <summary>The service is not known to have this word. Null and an empty text are none, and clear a field.</summary>
    internal bool IsUnknown(string? word) => !string.IsNullOrEmpty(word) && !Words.Contains(word);

    /// <summary>The word that is meant by another spelling, such as a plural; the text itself where none is.</summary>
    private protected virtual string Meant(string text) => text;

    private string Known(string text) => Among(Meant(text));

    private string Among(string text) =>
        CopperVocabulary.Find(Words, text) ?? text.Trim();
}

/// <summary>The priorities of opportunities and tasks.</summary>
public sealed class PriorityAttribute() : VocabularyAttribute(CopperVocabulary.Priorities);

/// <summary>The statuses of opportunities, in the order of the numbers that searches use: Open is 0.</summary>
public sealed class OpportunityStatusAttribute() : VocabularyAttribute(CopperVocabulary.OpportunityStatuses);

/// <summary>The statuses of tasks and projects.</summary>
public sealed class WorkStatusAttribute() : VocabularyAttribute(CopperVocabulary.WorkStatuses);

/// <summary>The kinds of records that a task, a project or an activity can belong to.</summary>
public sealed class RelatedTypeAttribute() : VocabularyAttribute(CopperVocabulary.RelatedTypes)
{
    private protected override string Meant(string text) => EntityTransformationAttribute.Singular(text);
}

/// <summary>The pictures of custom activity types, in the vendor's words.</summary>
public sealed class IconTypeAttribute() : VocabularyAttribute(CopperVocabulary.IconTypes);
