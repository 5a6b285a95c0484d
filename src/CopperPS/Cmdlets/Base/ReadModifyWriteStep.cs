using Copper.Client.Json;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// A change that can only be made knowing the record as it stands. It holds every value that it needs: by the time it is made,
/// the parameters may hold those of another item.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="name">What changes, for -WhatIf and -Confirm.</param>
internal sealed class ReadModifyWriteStep<T>(string name)
    where T : class, ICopperRecord
{
    public string Name { get; } = name;

    /// <summary>Adds to the fields to write.</summary>
    public Action<JsonBody, T>? AddFields { get; init; }

    /// <summary>Adds to the fields to write what has to be looked up first.</summary>
    public Func<JsonBody, T, CancellationToken, Task>? AddFieldsAsync { get; init; }

    /// <summary>Makes calls of its own before the fields are written; tells whether it made one.</summary>
    public Func<T, CancellationToken, Task<bool>>? MakeAsync { get; init; }

    /// <summary>Takes back what <see cref="MakeAsync"/> did, when the service then refuses the fields.</summary>
    public Func<T, CancellationToken, Task>? UndoAsync { get; init; }
}
