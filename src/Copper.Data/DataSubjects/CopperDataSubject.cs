namespace Copper.Data.DataSubjects;

/// <summary>A person whose data were looked for, and what was found.</summary>
public sealed class CopperDataSubject
{
    internal CopperDataSubject(SubjectProfile profile, AccountSubject account)
    {
        Profile = profile;
        InAccount = account;
    }

    /// <summary>The first address that was given.</summary>
    public string Email => Profile.Given[0];

    /// <summary>The names of the person's records; null where none was found.</summary>
    public string? Name => Profile.Names.Count == 0 ? null : string.Join(", ", Profile.Names);

    /// <summary>All addresses: those that were given, and those that the person's records have.</summary>
    public IReadOnlyList<string> Addresses => [.. Profile.Addresses];

    /// <summary>What was found, in the account, in snapshots and in journals.</summary>
    public IReadOnlyList<CopperDataSubjectFinding> Findings { get; internal set; } = [];

    /// <summary>What the person was looked for in: how many records of which kind.</summary>
    public IReadOnlyList<string> LookedAt { get; internal set; } = [];

    /// <summary>What could not be looked at, and what no program can look at, a sentence each.</summary>
    public IReadOnlyList<string> NotLookedAt { get; internal set; } = [];

    /// <summary>The folder that the data were written to; null when none were.</summary>
    public string? Path { get; internal set; }

    /// <summary>The person's own records: people, leads, activities, files.</summary>
    public int OwnCount => Count(DataSubjectRelation.Own);

    /// <summary>Records of others that point to the person.</summary>
    public int ReferenceCount => Count(DataSubjectRelation.Reference);

    /// <summary>Texts that mention the person.</summary>
    public int MentionCount => Count(DataSubjectRelation.Mention);

    /// <summary>Records of which somebody has to say whether they are the person's.</summary>
    public int UnclearCount => Count(DataSubjectRelation.Unclear);

    /// <summary>A person or a lead has one of the addresses, or had it in a snapshot or journal.</summary>
    public bool IsKnown => Profile.Names.Count > 0 || Profile.AllOwn.Any();

    internal SubjectProfile Profile { get; }

    internal AccountSubject InAccount { get; }

    /// <summary>For example <c>ada@example.com: 3 own, 2 references, 1 mention</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Email}: {OwnCount} own, {ReferenceCount} references, {MentionCount} mentions");

    private int Count(DataSubjectRelation relation) => Findings.Count(finding => finding.Relation == relation);
}
