using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>One record to be made or changed: all that was given for it, and how it is written.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="id">The record to change; null to make one.</param>
/// <param name="fields">The fields.</param>
/// <param name="changes">What depends on the record as it stands.</param>
/// <param name="target">What an error is about.</param>
/// <param name="output">The record is wanted.</param>
internal sealed class RecordWrite<T>(long? id, JsonBody fields, IReadOnlyList<ReadModifyWriteStep<T>> changes, object? target, bool output)
    where T : class, ICopperRecord
{
    private readonly List<ReadModifyWriteStep<T>> _made = [];
    private T? _present;

    public long? Id { get; } = id;

    public JsonBody Fields { get; } = fields;

    public object? Target { get; } = target;

    public bool Output { get; } = output;

    public bool NeedsPresent => changes.Count > 0;

    /// <summary>What differs from the record as it stands is written, and nothing else; null to write all. The value is the format of close dates.</summary>
    public string? DifferencesOnly { get; init; }

    /// <summary>The record as it was written, or as it stood when there was nothing to write.</summary>
    public T? Record { get; private set; }

    /// <summary>What stood in the way.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What an error says besides: that a part of the change was made before the rest failed. Null when none was.</summary>
    public string? DoneBefore => _made.Count == 0
        ? null
        : $"The {string.Join(" and the ", _made.Select(static change => change.Name))} was changed before this error came. Look at the record before you try again.";

    /// <summary>Writes this one alone.</summary>
    public async Task<T?> RunAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        await PrepareAsync(endpoint, cancellationToken).ConfigureAwait(false);
        if (Id is not { } id)
        {
            return await endpoint.CreateAsync(Fields, cancellationToken).ConfigureAwait(false);
        }

        if (Fields.Count > 0)
        {
            try
            {
                Record = await endpoint.UpdateAsync(id, Fields, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperException failure)
            {
                await UndoAsync(failure, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }

        await CompleteAsync(endpoint, cancellationToken).ConfigureAwait(false);
        return Record;
    }

    /// <summary>
    /// Reads the record where that is needed, completes the fields, and makes the changes that are calls of their own: they are what
    /// the service refuses sooner than a field, so they go first.
    /// </summary>
    public async Task PrepareAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        if (!NeedsPresent)
        {
            return;
        }

        Record = _present = await endpoint.GetAsync(Id!.Value, cancellationToken).ConfigureAwait(false);
        foreach (var change in changes)
        {
            change.AddFields?.Invoke(Fields, _present);
            if (change.AddFieldsAsync is { } add)
            {
                await add(Fields, _present, cancellationToken).ConfigureAwait(false);
            }
        }

        if (DifferencesOnly is { } dateFormat)
        {
            RecordDifferences.RemoveEqual(Fields, _present, dateFormat);
        }

        foreach (var change in changes)
        {
            if (change.MakeAsync is not null && await change.MakeAsync(_present, cancellationToken).ConfigureAwait(false))
            {
                _made.Add(change);
            }
        }
    }

    /// <summary>Reads the record again where a change of its own shows in it, and nothing was written since that shows it.</summary>
    public async Task CompleteAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        if (_made.Count > 0 && Output)
        {
            Record = await endpoint.GetAsync(Id!.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The fields were refused: takes back what was changed before them, so that nothing or all is done.</summary>
    public async Task UndoAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (failure is not (CopperValidationException or CopperPermissionException or CopperNotFoundException))
        {
            return;
        }

        try
        {
            foreach (var change in _made.Where(static change => change.UndoAsync is not null).ToArray())
            {
                await change.UndoAsync!(_present!, cancellationToken).ConfigureAwait(false);
                _made.Remove(change);
            }
        }
        catch (CopperException)
        {
            // What could not be taken back is told with the error of the fields.
        }
    }

    public void Settle(T? record, Exception? failure)
    {
        Record = record;
        Failure = failure;
    }

    /// <summary>Runs a step whose failure concerns this item alone.</summary>
    public async Task TryAsync(Func<RecordWrite<T>, Task> step)
    {
        try
        {
            await step(this).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CopperException or ArgumentException or InputRejectedException)
        {
            Settle(null, exception);
        }
    }
}
