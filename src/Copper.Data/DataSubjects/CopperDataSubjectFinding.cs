namespace Copper.Data.DataSubjects;

/// <summary>Where something about a person was found.</summary>
public enum DataSubjectPlace
{
    /// <summary>In the account.</summary>
    Account,

    /// <summary>In a snapshot.</summary>
    Snapshot,

    /// <summary>In a journal.</summary>
    Journal,

    /// <summary>In a suppression list.</summary>
    SuppressionList,
}

/// <summary>What was found has to do with the person how.</summary>
public enum DataSubjectRelation
{
    /// <summary>The record is that of the person, or is something that belongs to it: an activity, a file.</summary>
    Own,

    /// <summary>A record of others points to the person, or has an address of the person among others.</summary>
    Reference,

    /// <summary>A text of a record of others mentions the person.</summary>
    Mention,

    /// <summary>Whether it is the person is for somebody to decide.</summary>
    Unclear,
}

/// <summary>One thing that was found about a person.</summary>
public sealed class CopperDataSubjectFinding
{
    /// <summary>Where it was found.</summary>
    public DataSubjectPlace Place { get; init; }

    /// <summary>The folder of the snapshot, or the file of the journal; null for the account.</summary>
    public string? Path { get; init; }

    /// <summary>How it has to do with the person.</summary>
    public DataSubjectRelation Relation { get; init; }

    /// <summary>The entity, in the API's singular word; also relation, connection, file, user, or the name of a list.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>The record; null where it has no id.</summary>
    public long? Id { get; init; }

    /// <summary>The name of the record.</summary>
    public string? Name { get; init; }

    /// <summary>The field that says so, in the API's word; null for the record as a whole.</summary>
    public string? Field { get; init; }

    /// <summary>Why it was found, in words.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The record as it came; null where there is none.</summary>
    internal byte[]? Json { get; init; }

    /// <summary>The text that mentions the person; null where there is none.</summary>
    internal string? Text { get; init; }

    /// <summary>For example <c>Reference: opportunity 7, primary_contact_id</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Relation}: {Entity} {Id}{(Field is null ? string.Empty : ", " + Field)}");
}
