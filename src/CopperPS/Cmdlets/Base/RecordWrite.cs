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

    /// <summary>What differs from the record as it stands is written, and nothing else, where the record is read.</summary>
    public bool WritesDifferences { get; init; }

    /// <summary>
    /// It may be that the record has all of the fields already: where many are written together it is read with the others, and then
    /// nothing is sent for it.
    /// </summary>
    public bool IsCompared { get; init; }

    /// <summary>How the account writes days, as a .NET format.</summary>
    public string DateFormat { get; init; } = string.Empty;

    /// <summary>
    /// What the user is warned of once the record is read: from the fields and the steps that are left, and the record. Null for nothing.
    /// </summary>
    public Func<JsonBody, IReadOnlyCollection<string>, T, string?>? WarningOf { get; init; }
}
