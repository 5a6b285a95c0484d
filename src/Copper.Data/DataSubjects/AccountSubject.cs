using Copper.Data.Plans;

namespace Copper.Data.DataSubjects;

/// <summary>What the account has about one person.</summary>
internal sealed class AccountSubject
{
    /// <summary>What was found.</summary>
    public List<CopperDataSubjectFinding> Findings { get; } = [];

    /// <summary>The people and leads that are the person, as they came.</summary>
    public Dictionary<RecordEnd, byte[]> Own { get; } = [];

    /// <summary>What they are related to.</summary>
    public List<(RecordEnd Own, RecordEnd Other, byte[] Json)> Relations { get; } = [];

    /// <summary>Their connections by connect fields.</summary>
    public List<(RecordEnd Own, byte[] Json)> Connections { get; } = [];

    /// <summary>The files attached to them, without content.</summary>
    public List<(RecordEnd Own, byte[] Json)> Files { get; } = [];

    /// <summary>The records in which the person was looked for: how many of which kind.</summary>
    public List<(string What, long Count)> LookedAt { get; } = [];

    /// <summary>What could not be read, a sentence each.</summary>
    public List<string> NotRead { get; } = [];
}
