using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Records that are written together, ten in one request, and the errors of items in between that need none, in the order of the input.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
internal sealed class BulkGroup<T>(RecordEndpoint<T> endpoint, int mostRecords = BulkEndpoint<T>.LargestGroup)
    where T : class, ICopperRecord
{
    // A long run of items that are rejected here must not be kept from the user for the sake of one that waits.
    private const int MostLines = 100;

    private readonly List<(RecordWriteRun<T>? Run, Action? Rejection)> _lines = [];
    private readonly object _gate = new();
    private Task<bool>? _task;

    public IReadOnlyList<(RecordWriteRun<T>? Run, Action? Rejection)> Lines => _lines;

    public IEnumerable<RecordWriteRun<T>> Runs => _lines.Select(static line => line.Run).OfType<RecordWriteRun<T>>();

    public int Count { get; private set; }

    public bool IsFull => Count == mostRecords || _lines.Count >= Math.Max(MostLines, mostRecords);

    /// <summary>It is being sent, and takes no more.</summary>
    public bool IsBegun => _task is not null;

    /// <summary>False when the group is being sent already.</summary>
    public bool TryAdd(RecordWriteRun<T> run) => TryAdd((run, null));

    /// <summary>False when the group is being sent already.</summary>
    public bool TryAdd(Action rejection) => TryAdd((null, rejection));

    /// <summary>
    /// Writes the records; called from any thread, and begun once. What fails is noted at each; only a stop comes out as an exception.
    /// </summary>
    public Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _task ??= RunAsync([.. Runs], cancellationToken);
        }
    }

    private bool TryAdd((RecordWriteRun<T>? Run, Action? Rejection) line)
    {
        lock (_gate)
        {
            if (_task is not null)
            {
                return false;
            }

            _lines.Add(line);
            Count += line.Run is null ? 0 : 1;
            return true;
        }
    }

    private async Task<bool> RunAsync(RecordWriteRun<T>[] runs, CancellationToken cancellationToken)
    {
        // Nothing of it belongs to the thread that began it.
        await Task.Yield();
        await RecordWriteRun<T>.ReadTogetherAsync(runs, endpoint, cancellationToken).ConfigureAwait(false);
        var isBulk = runs.Length > 0 && (endpoint.Entity.Bulk
            & (runs[0].Id is null ? BulkOperations.Create : BulkOperations.Update)) != 0;
        for (var start = 0; start < runs.Length; start += BulkEndpoint<T>.LargestGroup)
        {
            var part = runs.Skip(start).Take(BulkEndpoint<T>.LargestGroup).ToArray();
            if (runs.Select(static run => run.Failure).FirstOrDefault(EndsAll) is { } end)
            {
                // No further request can succeed.
                Array.ForEach(part, run => run.SetResult(null, end));
            }
            else if (isBulk)
            {
                await RunPartAsync(part, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                foreach (var run in part)
                {
                    await run.TryAsync(item => item.RunAsync(endpoint, cancellationToken)).ConfigureAwait(false);
                }
            }
        }

        return true;
    }

    private static bool EndsAll(Exception? failure) => failure is CopperAuthenticationException or CopperChangeNotRecordedException;

    private async Task RunPartAsync(RecordWriteRun<T>[] runs, CancellationToken cancellationToken)
    {
        // What has to be read is read together: the rate limit sees to the rest.
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
