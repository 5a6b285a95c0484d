namespace CopperPS.Cmdlets.Base;

/// <summary>What a new record of the cmdlet can be about: a record that is piped becomes what it belongs or points to.</summary>
/// <param name="entities">The kinds of records, in the API's singular words.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AboutRecordAttribute(params string[] entities) : Attribute
{
    /// <summary>The kinds of records, in the API's singular words.</summary>
    public IReadOnlyList<string> Entities { get; } = entities;

    /// <summary>The parameter that says what the new record is called, or what it says.</summary>
    public string NamedBy { get; init; } = "Name";
}
