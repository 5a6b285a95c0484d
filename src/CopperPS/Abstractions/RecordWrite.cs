using Copper.Client.Crm;
using Copper.Client.Http.Errors;
using Copper.Client.Json;

namespace CopperPS.Abstractions;

/// <summary>One record to be made or changed: all that was given for it, and how it is written.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="id">The record to change; null to make one.</param>
/// <param name="fields">The fields.</param>
/// <param name="changes">What depends on the record as it stands.</param>
/// <param name="target">What an error is about.</param>
/// <param name="output">The record is wanted.</param>
internal sealed class RecordWrite<T>(long? id, JsonBody fields, IReadOnlyList<PresentChange<T>> changes, object? target, bool output)
    where T : class, ICopperRecord
{
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
            Record = await endpoint.UpdateAsync(id, Fields, cancellationToken).ConfigureAwait(false);
        }

        await CompleteAsync(endpoint, cancellationToken).ConfigureAwait(false);
        return Record;
    }

    /// <summary>Reads the record where that is needed, and completes the fields.</summary>
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
    }

    /// <summary>Makes the changes that are calls of their own.</summary>
    public async Task CompleteAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        if (_present is null)
        {
            return;
        }

        var made = false;
        foreach (var change in changes)
        {
            made |= change.MakeAsync is not null && await change.MakeAsync(_present, cancellationToken).ConfigureAwait(false);
        }

        if (made && Output)
        {
            Record = await endpoint.GetAsync(Id!.Value, cancellationToken).ConfigureAwait(false);
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
        catch (Exception exception) when (exception is CopperException or ArgumentException or RefusedException)
        {
            Settle(null, exception);
        }
    }
}
