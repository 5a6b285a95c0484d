using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>Up to ten records that are written in one request, and the errors of items in between that need none, in the order of the input.</summary>
/// <typeparam name="T">The model.</typeparam>
internal sealed class BulkGroup<T>
    where T : class, ICopperRecord
{
    // A long run of items that are refused here must not be kept from the user for the sake of one that waits.
    private const int MostLines = 100;

    private readonly List<(RecordWrite<T>? Write, Action? Refusal)> _lines = [];

    public IReadOnlyList<(RecordWrite<T>? Write, Action? Refusal)> Lines => _lines;

    public IEnumerable<RecordWrite<T>> Writes => _lines.Select(static line => line.Write).OfType<RecordWrite<T>>();

    public int Count { get; private set; }

    public bool IsFull => Count == BulkEndpoint<T>.LargestGroup || _lines.Count >= MostLines;

    public void Add(RecordWrite<T> write)
    {
        _lines.Add((write, null));
        Count++;
    }

    public void Add(Action refusal) => _lines.Add((null, refusal));

    /// <summary>Writes the records. What fails is noted at each; only a stop comes out as an exception.</summary>
    public async Task<bool> RunAsync(RecordEndpoint<T> endpoint, CancellationToken cancellationToken)
    {
        // What has to be read is read together: the rate limit sees to the rest.
        await Task.WhenAll(Writes.Select(write => write.TryAsync(item => item.PrepareAsync(endpoint, cancellationToken)))).ConfigureAwait(false);
        var sent = Writes.Where(static write => write.Failure is null && write.Fields.Count > 0).ToArray();
        if (sent.Length > 0)
        {
            await SendAsync(endpoint, sent, cancellationToken).ConfigureAwait(false);
        }

        foreach (var write in sent.Where(static write => write.Failure is not null))
        {
            await write.UndoAsync(write.Failure!, cancellationToken).ConfigureAwait(false);
        }

        foreach (var write in Writes.Where(static write => write.Failure is null))
        {
            await write.TryAsync(item => item.CompleteAsync(endpoint, cancellationToken)).ConfigureAwait(false);
        }

        return true;
    }

    private static async Task SendAsync(RecordEndpoint<T> endpoint, RecordWrite<T>[] sent, CancellationToken cancellationToken)
    {
        try
        {
            var results = sent[0].Id is null
                ? await endpoint.Bulk.CreateAsync([.. sent.Select(static write => write.Fields)], cancellationToken).ConfigureAwait(false)
                : await endpoint.Bulk.UpdateAsync([.. sent.Select(static write => new KeyValuePair<long, Copper.Client.Json.JsonBody>(write.Id!.Value, write.Fields))], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < sent.Length; i++)
            {
                sent[i].Settle(results[i].Record, results[i].Error);
            }
        }
        catch (Exception exception) when (exception is CopperException or ArgumentException)
        {
            foreach (var write in sent)
            {
                write.Settle(null, exception);
            }
        }
    }
}
