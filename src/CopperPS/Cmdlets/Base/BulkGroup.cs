using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Up to ten records that are written in one request, and the errors of items in between that need none, in the order of the input.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
internal sealed class BulkGroup<T>
    where T : class, ICopperRecord
{
    // A long run of items that are rejected here must not be kept from the user for the sake of one that waits.
    private const int MostLines = 100;

    private readonly List<(RecordWriteRun<T>? Run, Action? Rejection)> _lines = [];

    public IReadOnlyList<(RecordWriteRun<T>? Run, Action? Rejection)> Lines => _lines;

    public IEnumerable<RecordWriteRun<T>> Runs => _lines.Select(static line => line.Run).OfType<RecordWriteRun<T>>();

    public int Count { get; private set; }

    public bool IsFull => Count == BulkEndpoint<T>.LargestGroup || _lines.Count >= MostLines;

    public void Add(RecordWriteRun<T> run)
    {
        _lines.Add((run, null));
        Count++;
    }

    public void Add(Action rejection) => _lines.Add((null, rejection));

    /// <summary>Writes the records. What fails is noted at each; only a stop comes out as an exception.</summary>
    public async Task<bool> RunAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        // What has to be read is read together: the rate limit sees to the rest.
        await Task.WhenAll(Runs.Select(run => run.TryAsync(item => item.PrepareAsync(endpoint, cancellationToken)))).ConfigureAwait(false);
        var sent = Runs.Where(static run => run.Failure is null && run.Fields.Count > 0).ToArray();
        if (sent.Length > 0)
        {
            await SendAsync(endpoint, sent, cancellationToken).ConfigureAwait(false);
        }

        foreach (var run in sent.Where(static run => run.Failure is not null))
        {
            await run.UndoAsync(run.Failure!, cancellationToken).ConfigureAwait(false);
        }

        foreach (var run in Runs.Where(static run => run.Failure is null))
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
                ? await endpoint.Bulk.CreateAsync([.. sent.Select(static run => run.Fields)], cancellationToken).ConfigureAwait(false)
                : await endpoint.Bulk.UpdateAsync(
                    [.. sent.Select(static run => new KeyValuePair<long, JsonBody>(run.Id!.Value, run.Fields))],
                    cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < sent.Length; i++)
            {
                sent[i].SetResult(results[i].Record, results[i].Error);
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
