namespace Copper.Sandbox;

/// <summary>A record was created, updated or deleted: what a webhook subscription is notified of.</summary>
/// <param name="Type">lead, person, company, opportunity, project, task or activity_log.</param>
/// <param name="Event">new, update or delete.</param>
/// <param name="Id">Id of the record.</param>
/// <param name="Time">When it happened.</param>
/// <param name="UpdatedAttributes">For updates: each changed attribute with its old and its new value as JSON text; otherwise
/// empty.</param>
public sealed record SandboxChange(
    string Type,
    string Event,
    long Id,
    DateTimeOffset Time,
    IReadOnlyDictionary<string, SandboxAttributeChange> UpdatedAttributes);

/// <summary>The value of an attribute before and after an update, as JSON text.</summary>
/// <param name="OldValue">Value before.</param>
/// <param name="NewValue">Value after.</param>
public sealed record SandboxAttributeChange(string OldValue, string NewValue);
