using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Records that are written together, with the errors of items in between that need no request, in the order of the input. What has to be
/// read is read for all of them; then <see cref="Parts"/> of ten are sent, one after the other.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="endpoint">Where the records are written.</param>
/// <param name="mostRecords">With so many the group is full.</param>
/// <param name="sendsOneAlone">A single record is sent by the request that changes one record.</param>
internal sealed class BulkGroup<T>(RecordEndpoint<T> endpoint, int mostRecords, bool sendsOneAlone)
    where T : class, ICopperRecord
{
    // A long run of items that are rejected here must not be kept from the user for the sake of one that waits.
    private const int MostLines = 100;

    private readonly List<BulkLine<T>> _lines = [];
    private readonly object _gate = new();
    private Task? _preparation;
    private volatile bool _isTakenOver;

    /// <summary>The requests, once the group is prepared.</summary>
    public IReadOnlyList<BulkPart<T>> Parts { get; private set; } = [];

    public IEnumerable<RecordWriteRun<T>> Runs => BulkLine<T>.RunsOf(_lines);

    public int Count { get; private set; }

    public bool IsEmpty => _lines.Count == 0;

    public bool IsFull => Count == mostRecords || _lines.Count >= Math.Max(MostLines, mostRecords);

    /// <summary>There is room for records that are read together, and not only for ten.</summary>
    public bool HasRoomForRead => mostRecords > BulkEndpoint<T>.LargestGroup;

    /// <summary>It is being sent, and takes no more.</summary>
    public bool IsBegun => _preparation is not null;

    /// <summary>False when the group is being sent already.</summary>
    public bool TryAdd(RecordWriteRun<T> run) => TryAdd(new BulkLine<T>(run, null));

    /// <summary>False when the group is being sent already.</summary>
    public bool TryAdd(Action rejection) => TryAdd(new BulkLine<T>(null, rejection));

    /// <summary>
    /// Reads what is to be read, and forms the parts; called from any thread, and done once. Sends no change. What fails is noted at each
    /// record; only a stop comes out as an exception.
    /// </summary>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _preparation ??= PrepareOnceAsync([.. Runs], cancellationToken);
        }
    }

    /// <summary>Writes the records of a part; called from any thread, and begun once. See <see cref="PrepareAsync"/>.</summary>
    public Task<bool> RunAsync(BulkPart<T> part, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return part.Task ??= RunOnceAsync(part, cancellationToken);
        }
    }

    /// <summary>
    /// Writes the group while the pipeline thread waits for the next item, until that thread has its turn again, or something fails: it
    /// may be an error that ends the pipeline.
    /// </summary>
    public async Task RunInBackgroundAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        foreach (var part in Parts)
        {
            if (_isTakenOver || BulkLine<T>.RunsOf(_lines).Any(static run => run.Failure is not null))
            {
                return;
            }

            await RunAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The pipeline thread sends what is not sent yet.</summary>
    public void TakeOver() => _isTakenOver = true;

    private bool TryAdd(BulkLine<T> line)
    {
        lock (_gate)
        {
            if (_preparation is not null)
            {
                return false;
            }

            _lines.Add(line);
            Count += line.Run is null ? 0 : 1;
            return true;
        }
    }

    private async Task PrepareOnceAsync(RecordWriteRun<T>[] runs, CancellationToken cancellationToken)
    {
        if (Array.Exists(runs, static run => run.IsRead))
        {
            // Nothing of it belongs to the thread that began it.
            await Task.Yield();
            await RecordWriteRun<T>.ReadTogetherAsync(runs, endpoint, cancellationToken).ConfigureAwait(false);
            for (var start = 0; start < runs.Length; start += BulkEndpoint<T>.LargestGroup)
            {
                // What was not found, each reads by itself: the rate limit sees to the rest.
                await Task.WhenAll(runs.Skip(start).Take(BulkEndpoint<T>.LargestGroup)
                    .Select(run => run.TryAsync(item => item.ReadAsync(endpoint, cancellationToken)))).ConfigureAwait(false);
            }
        }

        Parts = [.. PartsOf(IsBulk(runs) ? BulkEndpoint<T>.LargestGroup : 1)];
    }

    private bool IsBulk(RecordWriteRun<T>[] runs) => runs.Length > 0
        && (endpoint.Entity.Bulk & (runs[0].Id is null ? BulkOperations.Create : BulkOperations.Update)) != 0;

    /// <summary>Lines in their order. A record is never twice in a part; what needs no request goes along.</summary>
    private IEnumerable<BulkPart<T>> PartsOf(int most)
    {
        var lines = new List<BulkLine<T>>();
        var ids = new HashSet<long>();
        var count = 0;
        foreach (var line in _lines)
        {
            if (line.Run is { IsPending: true } run)
            {
                if (count == most || (run.Id is { } id && !ids.Add(id)))
                {
                    yield return new BulkPart<T>(lines);
                    (lines, ids, count) = ([], run.Id is { } first ? [first] : [], 0);
                }

                count++;
            }

            lines.Add(line);
        }

        if (lines.Count > 0)
        {
            yield return new BulkPart<T>(lines);
        }
    }

    private async Task<bool> RunOnceAsync(BulkPart<T> part, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var runs = part.Runs.Where(static run => run.IsPending).ToArray();
        if (runs.Length == 0)
        {
            return true;
        }

        if (!IsBulk(runs) || (sendsOneAlone && runs.Length == 1))
        {
            foreach (var run in runs)
            {
                await run.TryAsync(item => item.RunAsync(endpoint, cancellationToken)).ConfigureAwait(false);
            }

            return true;
        }

        // The requests of their own are sent at once: the rate limit sees to the rest.
        await Task.WhenAll(runs.Select(run => run.TryAsync(item => item.PrepareAsync(endpoint, cancellationToken)))).ConfigureAwait(false);
        var sent = runs.Where(static run => run.Failure is null && run.Fields.Count > 0).ToArray();
        if (sent.Length > 0)
        {
            await SendAsync(endpoint, sent, cancellationToken).ConfigureAwait(false);
        }

        foreach (var run in sent.Where(static run => run.Failure is not null))
        {
            await run.UndoAsync(run.Failure!, cancellationToken).ConfigureAwait(false);
        }

        foreach (var run in runs.Where(static run => run.Failure is null))
        {
            await run.TryAsync(item => item.CompleteAsync(endpoint, cancellationToken)).ConfigureAwait(false);
        }

        return true;
    }

    private static async Task SendAsync(RecordEndpoint<T> endpoint, RecordWriteRun<T>[] sent, CancellationToken cancellationToken)
    {
        try
        {
            var results = sent[0].Id is null
                ? await endpoint.Bulk.CreateAsync([.. sent.Select(static run => run.NewRecord)], cancellationToken).ConfigureAwait(false)
                : await endpoint.Bulk.UpdateAsync(
                    [.. sent.Select(static run => (run.Id!.Value, run.NewChanges))], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < sent.Length; i++)
            {
                sent[i].SetResult(results[i].Record, results[i].Failure);
            }
        }
        catch (Exception exception) when (exception is CopperException or ArgumentException)
        {
            foreach (var run in sent)
            {
                run.SetResult(null, exception);
            }
        }
    }
}

/// <summary>An item of the input: a record to write, or an error to report in its place.</summary>
/// <typeparam name="T">The model.</typeparam>
internal sealed record BulkLine<T>(RecordWriteRun<T>? Run, Action? Rejection)
    where T : class, ICopperRecord
{
    public static IEnumerable<RecordWriteRun<T>> RunsOf(IEnumerable<BulkLine<T>> lines) =>
        lines.Select(static line => line.Run).OfType<RecordWriteRun<T>>();
}

/// <summary>Items of a group that go out in one request, where the service can.</summary>
/// <typeparam name="T">The model.</typeparam>
internal sealed record BulkPart<T>(IReadOnlyList<BulkLine<T>> Lines)
    where T : class, ICopperRecord
{
    public IEnumerable<RecordWriteRun<T>> Runs => BulkLine<T>.RunsOf(Lines);

    /// <summary>The writing of it; null before it is begun.</summary>
    public Task<bool>? Task { get; set; }

    /// <summary>The pipeline thread waits for it, and reports what came of it.</summary>
    public bool IsAwaited { get; set; }
}
