using System.Globalization;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Writes records alone, several at once, or in groups of ten, and hands over results and errors in the order of the input. It belongs
/// to the pipeline thread; only the requests run elsewhere.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="endpoint">Where the records are written.</param>
/// <param name="work">The requests in flight.</param>
/// <param name="grouping">How records are sent.</param>
/// <param name="output">What the cmdlet does with the results.</param>
internal sealed class RecordWriter<T>(
    RecordEndpoint<T> endpoint, OrderedWork work, WriteGrouping grouping, RecordWriter<T>.Output output)
    where T : class, ICopperRecord
{
    /// <summary>So many records are read in one request.</summary>
    private const int MostHeld = 200;

    /// <summary>
    /// Once so long nothing was added to a group, it is sent: a pipeline may bring the next record in an hour.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>So many times a group waits on because something was added.</summary>
    private const int MostWaits = 10;

    private readonly List<(RecordWriteRun<T>? Run, Action? Rejection)> _held = [];
    private BulkGroup<T>? _open;
    private bool _isBegun;
    private int _waiting;
    private int _groups;
    private int _submitted;

    /// <summary>How many records wait for their group to be complete.</summary>
    public int Unsent => _waiting + (_open is { IsBegun: false } group ? group.Count : 0)
        + _held.Count(static line => line.Run is not null);

    /// <summary>
    /// Writes a record. While the session keeps a journal, updates wait until the records of up to 200 of them can be read at once.
    /// </summary>
    public void Submit(RecordWriteRun<T> run)
    {
        if (run.Id is null || output.ReadAhead is null)
        {
            Send(run);
            return;
        }

        _held.Add((run, null));
        if (_held.Count == MostHeld)
        {
            Release();
        }
    }

    /// <summary>Writes an error when all items before it are written.</summary>
    public void Reject(Action write)
    {
        if (_held.Count == 0)
        {
            Post(write);
        }
        else
        {
            _held.Add((null, write));
        }
    }

    private void Release()
    {
        if (_held.Count == 0)
        {
            return;
        }

        var held = _held.ToArray();
        _held.Clear();
        output.ReadAhead!([.. held.Select(static line => line.Run?.Id).OfType<long>()]);
        foreach (var (run, rejection) in held)
        {
            if (run is not null)
            {
                Send(run);
            }
            else
            {
                Post(rejection!);
            }
        }
    }

    private void Send(RecordWriteRun<T> run)
    {
        if (!IsGrouped(run))
        {
            Flush();
            _submitted++;
            output.StartCall(work, run);
            return;
        }

        run.IsGrouped = true;

        // What is read before it is changed must be read after an earlier change of the same record.
        if (run.IsRead && _open is { } open && (!open.HasRoomForRead || open.Runs.Any(other => other.Id == run.Id)))
        {
            Flush();
        }

        if (_open?.TryAdd(run) != true)
        {
            Flush();
            _ = NewGroup(run).TryAdd(run);
        }

        FlushWhenFull();
    }

    private bool IsGrouped(RecordWriteRun<T> run)
    {
        if (grouping != WriteGrouping.ByItself)
        {
            return grouping == WriteGrouping.Tens;
        }

        var isFirst = !_isBegun;
        _isBegun = true;
        return !isFirst && run.Id is not null && (run.IsRead || (endpoint.Entity.Bulk & BulkOperations.Update) != 0);
    }

    private BulkGroup<T> NewGroup(RecordWriteRun<T> first)
    {
        var isByItself = grouping == WriteGrouping.ByItself;
        var group = _open = new BulkGroup<T>(endpoint, first.IsRead ? MostHeld : BulkEndpoint<T>.LargestGroup, isByItself);
        if (isByItself)
        {
            _ = BeginLaterAsync(group);
        }

        return group;
    }

    /// <summary>Nobody knows whether the pipeline brings more: when it pauses, what is there is sent.</summary>
    private async Task BeginLaterAsync(BulkGroup<T> group)
    {
        try
        {
            var count = -1;
            for (var wait = 0; wait < MostWaits && group.Count != count && !group.IsBegun; wait++)
            {
                count = group.Count;
                await Task.Delay(Patience, output.StopToken).ConfigureAwait(false);
            }

            await group.RunInBackgroundAsync(output.StopToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The pipeline was stopped. Whoever waits for the group is told.
        }
    }

    private void Post(Action write)
    {
        if (_open is null || _open.Count == 0 || !_open.TryAdd(write))
        {
            Flush();
            work.Post(write);
            return;
        }

        FlushWhenFull();
    }

    /// <summary>Waits for all that is in flight, and writes it.</summary>
    public void Complete()
    {
        Release();
        Flush();
        work.Drain();
    }

    private void FlushWhenFull()
    {
        if (_open?.IsFull == true)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (_open is not { IsEmpty: false } group)
        {
            return;
        }

        _open = null;
        group.TakeOver();
        if (group.HasRoomForRead)
        {
            // What is read now must show all that was changed before.
            work.Drain();
        }

        output.Wait(group.PrepareAsync(output.StopToken));
        TellOfEqual(group);
        _waiting += group.Count;
        foreach (var part in group.Parts)
        {
            var (number, count) = (++_groups, part.Runs.Count());
            output.WriteVerbose(string.Format(
                CultureInfo.InvariantCulture,
                "Group {0}: {1} {2}, items {3} to {4}",
                number,
                count,
                endpoint.Entity.Path,
                _submitted + 1,
                _submitted + count));
            _submitted += count;
            _waiting -= count;
            var keys = part.Runs.Select(static run => run.Id).Distinct().OfType<object>().ToArray();
            part.IsAwaited = true;
            work.Start(
                part.Lines.Count, () => group.RunAsync(part, output.StopToken), task => Write(group, part, number, task), keys);
        }
    }

    private void TellOfEqual(BulkGroup<T> group)
    {
        var count = group.Runs.Count(static run => run is { IsPending: false, Failure: null });
        if (count > 0)
        {
            output.WriteVerbose(string.Format(
                CultureInfo.InvariantCulture,
                "{0} of {1} {2} have all that is to be set: nothing is sent for them.",
                count,
                group.Count,
                endpoint.Entity.Path));
        }
    }

    private void Write(BulkGroup<T> group, BulkPart<T> part, int number, Task<bool> task)
    {
        // Of a stop, this is what ends the pipeline; everything else is noted at the items.
        output.Wait(task);
        var failed = part.Runs.Count(static run => run.Failure is not null);
        output.WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Group {0}: {1} written, {2} not", number, part.Runs.Count() - failed, failed));
        var line = 0;
        try
        {
            for (; line < part.Lines.Count; line++)
            {
                Write(part.Lines[line]);
            }
        }
        finally
        {
            if (line < part.Lines.Count)
            {
                WarnOfUnseen(
                [
                    .. BulkLine<T>.RunsOf(part.Lines.Skip(line + 1)),

                    // What was sent while the pipeline waited for its next item.
                    .. group.Parts.Where(static other => other is { IsAwaited: false, Task: not null })
                        .SelectMany(static other => other.Runs),
                ]);
            }
        }
    }

    private void Write(BulkLine<T> line)
    {
        if (line.Run is not { } run)
        {
            line.Rejection!();
        }
        else if (run.Failure is { } failure)
        {
            output.WriteFailure(failure, run);
        }
        else
        {
            output.WriteRecord(run.Record, run);
        }
    }

    /// <summary>The group was written as a whole; a consumer that ends the pipeline in its middle does not see the rest.</summary>
    private void WarnOfUnseen(RecordWriteRun<T>[] rest)
    {
        var written = rest.Where(static run => run.Failure is null).Select(static run => run.Record?.Id ?? run.Id).OfType<long>().ToArray();
        var unknown = rest.Count(static run => run.Failure is CopperOutcomeUnknownException);
        if (written.Length + unknown > 0)
        {
            output.WarnOfLoss(
                $"The pipeline ended in the middle of a group, whose other items were sent with it: {written.Length} more "
                + $"{(written.Length == 1 ? "was" : "were")} written ({endpoint.Entity} {string.Join(", ", written)})"
                + (unknown > 0 ? $", and of {unknown} the outcome is unknown." : "."));
        }
    }

    /// <summary>What a cmdlet does with the results of its writer.</summary>
    /// <param name="StartCall">Sends one record by a request of its own.</param>
    /// <param name="WriteRecord">Writes a record where it is wanted.</param>
    /// <param name="WriteFailure">Writes the error of a record.</param>
    /// <param name="WriteVerbose">Writes a verbose message.</param>
    /// <param name="WarnOfLoss">Warns of results that nobody sees, also when the pipeline is over.</param>
    /// <param name="Wait">Waits on the pipeline thread.</param>
    /// <param name="ReadAhead">Reads records for the journal of the session; null when it keeps none.</param>
    /// <param name="StopToken">Ends the requests.</param>
    internal sealed record Output(
        Action<OrderedWork, RecordWriteRun<T>> StartCall,
        Action<T?, RecordWriteRun<T>> WriteRecord,
        Action<Exception, RecordWriteRun<T>> WriteFailure,
        Action<string> WriteVerbose,
        Action<string> WarnOfLoss,
        Action<Task> Wait,
        Action<IReadOnlyCollection<long>>? ReadAhead,
        CancellationToken StopToken);
}
