using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>One record to create or update: everything that was given for it. Never changes.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="Id">The record to update; null for a new one.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Steps">What depends on the record as it stands.</param>
/// <param name="Target">What an error is about.</param>
/// <param name="Output">The record is wanted.</param>
internal sealed record RecordWrite<T>(long? Id, JsonBody Fields, IReadOnlyList<ReadModifyWriteStep<T>> Steps, object? Target, bool Output)
    where T : class, ICopperRecord
{
    /// <summary>The record is read before it is written.</summary>
    public bool NeedsRecord => Steps.Count > 0;

    /// <summary>
    /// What differs from the record as it stands is written, and nothing else; null to write all. The value is the format of days.
    /// </summary>
    public string? DifferencesOnly { get; init; }

    /// <summary>
    /// What the user is warned of once the record is read: from the fields and the steps that are left, and the record. Null for nothing.
    /// </summary>
    public Func<JsonBody, IReadOnlyCollection<string>, T, string?>? WarningOf { get; init; }
}
