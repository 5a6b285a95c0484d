using Copper.Data.Plans;

namespace Copper.Data.DataSubjects;

/// <summary>What was done about one thing that was found about a person. It holds no data of the person, so that it can be kept.</summary>
public sealed class CopperDataSubjectResult
{
    /// <summary>What became of it.</summary>
    public PlanStatus Status { get; init; }

    /// <summary>What it was to do.</summary>
    public DataSubjectAction Action { get; init; }

    /// <summary>Where it is.</summary>
    public DataSubjectPlace Place { get; init; }

    /// <summary>The entity, in the API's singular word; null for a folder or file as a whole.</summary>
    public string? Entity { get; init; }

    /// <summary>The record; null where it has no id.</summary>
    public long? Id { get; init; }

    /// <summary>The field that points to the person, or mentions the person; null for the record as a whole.</summary>
    public string? Field { get; init; }

    /// <summary>The folder or the file; null for the account.</summary>
    public string? Path { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>For example <c>Done: Delete person 7</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Status}: {Action} {Entity ?? Path} {Id}").TrimEnd();
}

/// <summary>What is done about something that was found about a person.</summary>
public enum DataSubjectAction
{
    /// <summary>It is deleted.</summary>
    Delete,

    /// <summary>It is kept without what points to the person.</summary>
    Detach,

    /// <summary>The snapshot or the journal is written anew.</summary>
    Rewrite,

    /// <summary>The person is put on the suppression list.</summary>
    Suppress,

    /// <summary>It stays, for somebody to look at.</summary>
    Keep,
}
