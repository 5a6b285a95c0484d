using Copper.Client.Json;

namespace Copper.Data.Plans;

/// <summary>The changes of a step. Its text is all of them, so that a table or a CSV file shows them.</summary>
public sealed class PlanChangeList : CopperList<PlanChange>
{
    private readonly string? _text;

    /// <summary>An empty list.</summary>
    public PlanChangeList()
    {
    }

    /// <summary>A list of these changes.</summary>
    public PlanChangeList(IEnumerable<PlanChange> changes)
        : base(changes)
    {
    }

    /// <summary>Changes of which only the text has come back from a file. It cannot be taken apart: values may hold anything.</summary>
    internal PlanChangeList(string text) => _text = text;

    /// <summary>Only the text is known.</summary>
    internal bool IsText => _text is not null;

    /// <inheritdoc/>
    public override string ToString() => _text ?? base.ToString();
}
