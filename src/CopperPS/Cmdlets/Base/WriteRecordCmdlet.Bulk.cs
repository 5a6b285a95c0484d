using System.Globalization;
using System.Management.Automation;
using Copper.Client.Http;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <content>How a record is written: by a request of its own, or with -Bulk in a group of ten.</content>
public abstract partial class WriteRecordCmdlet<T>
{
    private BulkGroup<T> _group = new();
    private CopperReference? _updated;
    private int _groups;
    private int _submitted;

    /// <summary>Records are written in groups.</summary>
    private protected virtual bool IsBulk => false;

    /// <summary>What the pipeline brought; null when nothing did.</summary>
    private protected virtual object? Input => null;

    /// <summary>
    /// What an error is about: the present item as it was given – a row, a record, an id –, so that it can be found among the others
    /// and tried again. Null when nothing but parameters was given.
    /// </summary>
    private object? Given => Input ?? _updated?.Source;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Flush();
        base.EndProcessing();
    }

    /// <summary>Says so when a pipeline that ended early leaves a group behind.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _group.Count > 0)
        {
            SayUnsent(_group.Count);
            _group = new BulkGroup<T>();
        }

        base.Dispose(disposing);
    }

    private protected override void Reject(ErrorRecord error)
    {
        var about = ErrorRecords.About(error, Given);
        Reject(() => WriteError(about));
    }

    private protected override void Reject(Exception failure, object? target)
    {
        target = Given ?? target;
        Reject(() => WriteFailure(failure, target));
    }

    private void Reject(Action write)
    {
        if (_group.Count == 0)
        {
            Work.Post(write);
            return;
        }

        _group.Add(write);
        FlushWhenFull();
    }

    private void Submit(RecordWrite<T> write)
    {
        var endpoint = Endpoint;
        if (IsBulk)
        {
            // What is read before it is changed must be read after an earlier change of the same record.
            if (write.NeedsPresent && _group.Writes.Any(other => other.Id == write.Id))
            {
                Flush();
            }

            _group.Add(write);
            FlushWhenFull();
            return;
        }

        StartCall(
            token => write.RunAsync(endpoint, token),
            write,
            record =>
            {
                if (write.Output)
                {
                    WriteObject(record);
                }
            },
            write.Id is { } id ? [id] : []);
    }

    private void FlushWhenFull()
    {
        if (_group.IsFull)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (_group.Lines.Count == 0)
        {
            return;
        }

        var group = _group;
        var number = ++_groups;
        var endpoint = Endpoint;
        _group = new BulkGroup<T>();
        WriteVerbose(string.Format(CultureInfo.InvariantCulture, "Group {0}: {1} {2}, items {3} to {4}", number, group.Count, endpoint.Entity.Path, _submitted + 1, _submitted + group.Count));
        _submitted += group.Count;
        var keys = group.Writes.Select(static write => write.Id).Distinct().OfType<object>().ToArray();
        Work.Start(() => group.RunAsync(endpoint, StopToken), task => Write(group, number, task), keys);
    }

    private void Write(BulkGroup<T> group, int number, Task<bool> task)
    {
        // Of a stop, this is what ends the pipeline; everything else is noted at the items.
        Await(_ => task);
        WriteVerbose(string.Format(CultureInfo.InvariantCulture, "Group {0}: {1} written, {2} not", number, group.Writes.Count(static write => write.Failure is null), group.Writes.Count(static write => write.Failure is not null)));
        var line = 0;
        try
        {
            for (; line < group.Lines.Count; line++)
            {
                Write(group.Lines[line]);
            }
        }
        finally
        {
            if (line < group.Lines.Count)
            {
                WarnOfUnseen([.. group.Lines.Skip(line + 1).Select(static item => item.Write).OfType<RecordWrite<T>>()]);
            }
        }
    }

    private void Write((RecordWrite<T>? Write, Action? Refusal) line)
    {
        if (line.Write is not { } write)
        {
            line.Refusal!();
        }
        else if (write.Failure is { } failure)
        {
            WriteFailure(failure, write.Target, write.Id, write.DoneBefore);
        }
        else if (write.Output)
        {
            WriteObject(write.Record);
        }
    }

    /// <summary>The group was written as a whole; a consumer that ends the pipeline in its middle does not see the rest.</summary>
    private void WarnOfUnseen(RecordWrite<T>[] rest)
    {
        var written = rest.Where(static write => write.Failure is null).Select(static write => write.Record?.Id ?? write.Id).OfType<long>().ToArray();
        var unknown = rest.Count(static write => write.Failure is CopperOutcomeUnknownException);
        if (written.Length + unknown > 0)
        {
            WarnOfLoss(
                $"The pipeline ended in the middle of a group, whose other items were sent with it: {written.Length} more {(written.Length == 1 ? "was" : "were")} written ({Endpoint.Entity} {string.Join(", ", written)})"
                + (unknown > 0 ? $", and of {unknown} the outcome is unknown." : "."));
        }
    }

    /// <summary>A pipeline that is over takes nothing to its streams any more, so this goes to the host.</summary>
    private void SayUnsent(int count)
    {
        try
        {
            Host.UI.WriteWarningLine($"{MyInvocation.MyCommand?.Name}: the pipeline ended before the last group was complete. Its {count} item{(count == 1 ? " was" : "s were")} not sent.");
        }
        catch (Exception exception) when (exception is RuntimeException or InvalidOperationException or NotImplementedException)
        {
            // Nobody is there to read it.
        }
    }
}
