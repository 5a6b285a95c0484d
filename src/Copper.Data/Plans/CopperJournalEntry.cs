using Copper.Client;

namespace Copper.Data.Plans;

/// <summary>What a journal says of one record in one request.</summary>
public sealed class CopperJournalEntry
{
    /// <summary>When the request was sent (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What was done.</summary>
    public PlanAction Action { get; init; }

    /// <summary>The entity, in the API's singular word.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>The record; null for one that was to be created and of which it is not known whether it was.</summary>
    public long? Id { get; internal set; }

    /// <summary>The name of the record.</summary>
    public string? Name { get; init; }

    /// <summary>What became of it; null while the request is in flight, and when the process ended meanwhile.</summary>
    public PlanStatus? Status { get; internal set; }

    /// <summary>What went wrong; null for nothing.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The number of the step in the plan; null when no plan was carried out.</summary>
    public long? Step { get; init; }

    /// <summary>The number of the request in the journal.</summary>
    public long Request { get; init; }

    /// <summary>The file of the journal; null for an entry that was not read from one.</summary>
    public string? Journal { get; internal set; }

    /// <summary>Whether an <see cref="UndoPlanner"/> can take it back. A conversion, for example, cannot be.</summary>
    public bool CanUndo { get; init; } = true;

    /// <summary>What was sent; null for a delete.</summary>
    internal JsonBody? Fields { get; init; }

    /// <summary>What the record held before, in the fields that were sent; all of it for a delete. Null for a create.</summary>
    internal JsonBody? BeforeImage { get; init; }

    /// <summary>What it held afterwards, in the fields that were sent; null when that is not known.</summary>
    internal JsonBody? AfterImage { get; set; }

    /// <summary>The names of records that the journal knows; null for none.</summary>
    internal IReadOnlyDictionary<RecordEnd, string>? Names { get; set; }

    /// <summary>The names behind the ids in the fields, see <see cref="NotedNames"/>; null for none.</summary>
    internal IReadOnlyDictionary<string, string>? ListNames { get; set; }

    /// <summary>The request may have done this, or may have left the record as it was.</summary>
    internal bool IsGuess { get; init; }

    /// <summary>What the record held before and afterwards, in the words of the columns; of a delete, what it held.</summary>
    public PlanChangeList Changes => FieldWords.Changes(Entity, BeforeImage, AfterImage, new NotedNames(ListNames, Names));

    /// <summary>What the record held before, as JSON text.</summary>
    public string? Before => BeforeImage?.ToString();

    /// <summary>What it held afterwards, as JSON text.</summary>
    public string? After => AfterImage?.ToString();

    /// <summary>For example <c>Update person 7 'Ada'</c>.</summary>
    public override string ToString() => $"{Action} {Entity} {Id} '{Name}'";
}
