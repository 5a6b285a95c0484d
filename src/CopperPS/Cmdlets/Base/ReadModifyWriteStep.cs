using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// A change that needs the record as it stands. It holds every value that it needs: by the time it runs, the parameters may hold those
/// of another item.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="name">What changes, for -WhatIf and -Confirm.</param>
internal sealed class ReadModifyWriteStep<T>(string name)
    where T : class, ICopperRecord
{
    public string Name { get; } = name;

    /// <summary>Adds to the fields to write.</summary>
    public Action<JsonBody, T>? AddFields { get; init; }

    /// <summary>Adds to the fields to write what has to be resolved first.</summary>
    public Func<JsonBody, T, CancellationToken, Task>? AddFieldsAsync { get; init; }

    /// <summary>Sends requests of its own before the fields are written; tells whether it changed anything.</summary>
    public Func<T, CancellationToken, Task<bool>>? RunAsync { get; init; }

    /// <summary>Once the record is read: <see cref="RunAsync"/> will change something.</summary>
    public Func<bool> IsNeeded { get; init; } = static () => true;

    /// <summary>Undoes what <see cref="RunAsync"/> did, when the service then rejects the fields.</summary>
    public Func<T, CancellationToken, Task>? UndoAsync { get; init; }
}
