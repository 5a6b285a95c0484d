using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Copper.Client.Crm.Search;
using Copper.Client.Http;

namespace Copper.Client;

/// <summary>How each call is sent, counted, and its answer read.</summary>
public sealed partial class CopperClient
{
    internal Task<T> SendAsync<T>(CopperRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(request, reply => WithoutNulls(Deserialize(reply, type)), null, cancellationToken);

    internal Task<SearchPage<T>> SearchPageAsync<T>(CopperRequest request, JsonTypeInfo<List<T>> list, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(request, reply => new SearchPage<T>(Deserialize(reply, list), reply.Total), null, cancellationToken);

    /// <summary>As the other, with a reader of its own; a <see cref="JsonException"/> of it counts as a broken answer.</summary>
    internal Task<T> SendAsync<T>(CopperRequest request, Func<Reply, T> read, CancellationToken cancellationToken) =>
        SendAsync(request, read, null, cancellationToken);

    /// <summary>Reads one record of a larger answer; null when it says null.</summary>
    internal T? ReadItem<T>(JsonElement item, JsonTypeInfo<T> type)
        where T : class
    {
        var record = item.Deserialize(_core.TypeOf(type));
        if (record is not null)
        {
            _core.CustomFields.Attach(record);
        }

        return record;
    }

    /// <summary>As the other, but an answer without a body is null: the service gives one now and then (reported by client authors).</summary>
    internal Task<T?> SendLenientlyAsync<T>(CopperRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(request, reply => reply.Body.IsEmpty ? null : Deserialize(reply, type), null, cancellationToken);

    private T Deserialize<T>(Reply reply, JsonTypeInfo<T> type)
    {
        var value = JsonSerializer.Deserialize(reply.Body.Span, _core.TypeOf(type)) ?? throw new JsonException("it is null.");
        _core.CustomFields.Attach(value);
        return value;
    }

    /// <summary>An item of a list that is null says nothing. (Those of a search page count, for they fill the page.)</summary>
    private static T WithoutNulls<T>(T value)
    {
        if (value is System.Collections.IList list)
        {
            for (var i = list.Count - 1; i >= 0; i--)
            {
                if (list[i] is null)
                {
                    list.RemoveAt(i);
                }
            }
        }

        return value;
    }

    private async Task<T> SendAsync<T>(CopperRequest request, Func<Reply, T> read, Func<T>? alreadyGone, CancellationToken cancellationToken)
    {
        if (request.Effect != RequestEffect.Read)
        {
            _core.Writes.NoteBegin(request);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _core.Closed);
        try
        {
            return await _core.Pipeline.SendAsync(request, read, alreadyGone, _tracer, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(exception.Message, exception, cancellationToken)
                : new ObjectDisposedException(nameof(CopperClient), "The client is closed.");
        }
        finally
        {
            if (request.Effect != RequestEffect.Read)
            {
                _core.Writes.NoteEnd(request);
                _core.Cache.NoteChange(request.Path);
            }
        }
    }
}
