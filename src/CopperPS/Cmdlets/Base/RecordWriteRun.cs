using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>A <see cref="RecordWrite{T}"/> on its way: what was read, done and returned so far.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="write">What is written.</param>
internal sealed class RecordWriteRun<T>(RecordWrite<T> write)
    where T : class, ICopperRecord
{
    private const int FewestTogether = 3;

    private readonly List<ReadModifyWriteStep<T>> _done = [];
    private T? _before;
    private string? _warning;
    private T? _known;

    public RecordWrite<T> Write => write;

    public long? Id => write.Id;

    /// <summary>The fields, completed once the record is read.</summary>
    public JsonBody Fields { get; } = write.Fields.Copy();

    /// <summary>The fields of a new record, typed.</summary>
    public INewRecord<T> NewRecord => TypedRecords.NewRecord<T>(Fields);

    /// <summary>The fields that are to change, typed.</summary>
    public IRecordChanges<T> NewChanges => TypedRecords.NewChanges<T>(Fields);

    /// <summary>The record as it was written, or as it stood when there was nothing to write.</summary>
    public T? Record { get; private set; }

    /// <summary>It is sent with others, so that an error must say which of them it is about.</summary>
    public bool IsGrouped { get; set; }

    /// <summary>What the record is called as it stands; null before it is read.</summary>
    public string? PresentName => _before?.ToString();

    /// <summary>The record as it stood; null before it is read.</summary>
    public T? Present => _before;

    /// <summary>Why it failed; null when it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What an error adds: that a part of the change was done before the rest failed. Null when none was.</summary>
    public string? DoneBefore => _done.Count == 0
        ? null
        : $"The {string.Join(" and the ", _done.Select(static step => step.Name))} was changed before this error came. Look at the "
            + "record before you try again.";

    /// <summary>The fields and the requests of their own that are left to write, once the record is read.</summary>
    public IEnumerable<string> PendingSteps =>
        write.Steps.Where(step => step.RunAsync is not null && step.IsNeeded()).Select(static step => step.Name);

    /// <summary>Writes this one alone.</summary>
    public async Task<T?> RunAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        await PrepareAsync(endpoint, cancellationToken).ConfigureAwait(false);
        if (Id is not { } id)
        {
            return await endpoint.CreateAsync(NewRecord, cancellationToken).ConfigureAwait(false);
        }

        if (Fields.Count > 0)
        {
            try
            {
                Record = await endpoint.UpdateAsync(id, NewChanges, cancellationToken).ConfigureAwait(false);
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

    /// <summary>The record is read together with others, because it has to be or to see whether there is anything to write.</summary>
    public bool IsRead => write.NeedsRecord || write.IsCompared;

    /// <summary>
    /// There is something to send. A new record always has; of an update it is known once the record is read.
    /// </summary>
    public bool IsPending => Failure is null && (Id is null || Fields.Count > 0 || PendingSteps.Any());

    /// <summary>The record has to be read before it is written.</summary>
    public bool NeedsReading => write.NeedsRecord && _before is null && _known is null;

    /// <summary>The record as it stands, which was read together with others.</summary>
    public void Know(T record) => _known = record;

    /// <summary>Reads the records of several changes together; what is not found so, each reads by itself.</summary>
    public static async Task ReadTogetherAsync(
        IEnumerable<RecordWriteRun<T>> runs, RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        var all = runs.Where(static run => run.IsRead && run.Failure is null).ToArray();

        // To compare pays where it may spare more requests than the one that reads.
        var perRequest = (endpoint.Entity.Bulk & BulkOperations.Update) != 0 ? BulkEndpoint<T>.LargestGroup : FewestTogether - 1;
        var compares = all.Count(static run => run.Write.IsCompared) > perRequest;
        var needing = all.Where(run => run.NeedsReading || (compares && run.Write.IsCompared)).ToArray();
        var ids = needing.Select(static run => run.Id!.Value).Distinct().ToArray();
        if (ids.Length < FewestTogether || !endpoint.Entity.IsFoundById)
        {
            return;
        }

        try
        {
            var found = await endpoint.FindCurrentAsync(ids, cancellationToken).ConfigureAwait(false);
            foreach (var run in needing)
            {
                if (found.TryGetValue(run.Id!.Value, out var record))
                {
                    run.Know(record);
                }
            }
        }
        catch (CopperException)
        {
            // The error of the record itself says what is wrong.
        }
    }

    /// <summary>Reads the record where that is needed, and completes the fields; sends no change.</summary>
    public async Task ReadAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        if (!write.NeedsRecord || _before is not null)
        {
            RemoveFieldsIfEqual();
            return;
        }

        Record = _before = _known ?? await endpoint.GetAsync(Id!.Value, cancellationToken).ConfigureAwait(false);
        foreach (var step in write.Steps)
        {
            step.AddFields?.Invoke(Fields, _before);
            if (step.AddFieldsAsync is { } add)
            {
                await add(Fields, _before, cancellationToken).ConfigureAwait(false);
            }
        }

        RejectUnreadable(_before);
        if (write.WritesDifferences)
        {
            RecordDifferences.RemoveEqual(Fields, _before, write.DateFormat);
        }

        _warning = write.WarningOf?.Invoke(Fields, [.. PendingSteps], _before);
    }

    /// <summary>What only has to be compared is written whole, or not at all.</summary>
    private void RemoveFieldsIfEqual()
    {
        if (!write.IsCompared || _known is null)
        {
            return;
        }

        var left = Fields.Copy();
        RecordDifferences.RemoveEqual(left, _known, write.DateFormat);
        if (left.Count == 0)
        {
            Record = _known;
            foreach (var name in Fields.Names.ToArray())
            {
                Fields.Remove(name);
            }
        }
    }

    /// <summary>
    /// What a step adds to must have been read: a value of an unexpected form would be replaced by what is given now, as if there had
    /// been nothing.
    /// </summary>
    /// <exception cref="InputRejectedException">The record holds something in the field that could not be read.</exception>
    private void RejectUnreadable(T before)
    {
        var unread = RecordProperties.ValueOf(before, nameof(CopperPerson.AdditionalMembers)) as AdditionalMembers;
        if (write.Steps.FirstOrDefault(step => step.Name.Length > 0 && Fields.Contains(step.Name)
            && unread?.TryGetValue(step.Name, out var value) == true && value is not null) is { } step)
        {
            throw RequestValueConverter.Reject(
                $"What {before.GetEntityType()} {before.Id} holds in '{step.Name}' cannot be read, so that nothing is added to it and "
                    + "nothing was sent. Look at AdditionalMembers of the record; the parameter that sets the whole value replaces it.",
                before);
        }
    }

    /// <summary>The warning that the record as it stands gives cause for, once; null when there is none, or it was taken already.</summary>
    public string? TakeWarning()
    {
        var warning = _warning;
        _warning = null;
        return warning;
    }

    /// <summary>
    /// Reads the record, and does the changes that are requests of their own: the service rejects them sooner than a field, so they go
    /// first.
    /// </summary>
    public async Task PrepareAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        await ReadAsync(endpoint, cancellationToken).ConfigureAwait(false);
        foreach (var step in write.Steps)
        {
            if (step.RunAsync is not null && await step.RunAsync(_before!, cancellationToken).ConfigureAwait(false))
            {
                _done.Add(step);
            }
        }
    }

    /// <summary>Reads the record again where a change of its own shows in it, and nothing was written since that shows it.</summary>
    public async Task CompleteAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        if (_done.Count > 0 && write.Output)
        {
            try
            {
                Record = await endpoint.GetAsync(Id!.Value, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperException failure)
            {
                throw new PartialChangeException($"The {endpoint.Entity} {Id} was updated; only reading it back failed.", failure);
            }
        }
    }

    /// <summary>The fields were rejected: undoes what was changed before them, so that nothing or all is done.</summary>
    public async Task UndoAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (failure is not (CopperValidationException or CopperPermissionException or CopperNotFoundException))
        {
            return;
        }

        try
        {
            foreach (var step in _done.Where(static step => step.UndoAsync is not null).ToArray())
            {
                await step.UndoAsync!(_before!, cancellationToken).ConfigureAwait(false);
                _done.Remove(step);
            }
        }
        catch (Exception exception) when (exception is CopperException or PartialChangeException)
        {
            // What could not be undone is told with the error of the fields.
        }
    }

    /// <summary>Notes what the service returned for this record.</summary>
    public void SetResult(T? record, Exception? failure)
    {
        Record = record;
        Failure = failure;
    }

    /// <summary>Runs a part of the work whose failure concerns this record alone.</summary>
    public async Task TryAsync(Func<RecordWriteRun<T>, Task> part)
    {
        try
        {
            await part(this).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CopperException or ArgumentException or PartialChangeException)
        {
            SetResult(null, exception);
        }
    }
}
