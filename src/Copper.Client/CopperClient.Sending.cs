using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Search;

namespace Copper.Client;

/// <summary>How each call is sent, counted, and its answer read.</summary>
public sealed partial class CopperClient
{
    internal Task<T> SendAsync<T>(CopperRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(request, reply => Deserialize<T>(reply), null, cancellationToken);

    /// <summary>Reads a list that comes whole. An item that cannot be read costs itself only, and is told to who listens.</summary>
    internal Task<List<T>> SendListAsync<T>(CopperRequest request, JsonTypeInfo<T> item, CancellationToken cancellationToken)
        where T : class =>
        SendListAsync(request, ResponseReader.ReadList, item, cancellationToken);

    /// <summary>As the other, for a list of a form of its own.</summary>
    internal async Task<List<T>> SendListAsync<T>(CopperRequest request, ReadList<T> read, JsonTypeInfo<T> item, CancellationToken cancellationToken)
        where T : class
    {
        var (list, unreadable) = await SendAsync(
            request,
            reply =>
            {
                var list = read(reply.Body.Span, _core.TypeOf<T>());
                return (list, list.Unreadable.ConvertAll(item => Unreadable<T>(request, reply, item, null)));
            },
            null,
            cancellationToken).ConfigureAwait(false);
        foreach (var failure in unreadable)
        {
            _tracer.Unreadable(request, failure);
        }

        List<T> records = [.. list.Items.OfType<T>()];
        _core.CustomFields.Attach(records);
        return records;
    }

    /// <summary>Tells who listens of the items that a search left out because they cannot be read.</summary>
    internal void TellUnreadable(IEnumerable<CopperUnreadableRecordException> items)
    {
        foreach (var item in items)
        {
            _tracer.Unreadable(new CopperRequest(new HttpMethod(item.Method), item.Path), item);
        }
    }

    /// <summary>Reads a page of a search. Its items that cannot be read come with it, for the place at which they stand.</summary>
    internal Task<SearchPage<T>> SearchPageAsync<T>(CopperRequest request, JsonTypeInfo<T> item, long number, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(
            request,
            reply =>
            {
                var list = ResponseReader.ReadList(reply.Body.Span, _core.TypeOf<T>());
                _core.CustomFields.Attach(list.Items);
                var unreadable = list.Unreadable.Count == 0 ? null : list.Unreadable.ToDictionary(static item => item.Index, item => Unreadable<T>(request, reply, item, number));
                return new SearchPage<T>(list.Items, reply.Total) { Unreadable = unreadable };
            },
            null,
            cancellationToken);

    /// <summary>As the other, with a reader of its own; a <see cref="JsonException"/> of it counts as a broken answer.</summary>
    internal Task<T> SendAsync<T>(CopperRequest request, Func<Reply, T> read, CancellationToken cancellationToken) =>
        SendAsync(request, read, null, cancellationToken);

    /// <summary>Reads one record of a larger answer; null when it is none.</summary>
    internal T? ReadItem<T>(JsonElement item, JsonTypeInfo<T> type)
        where T : class
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(item.GetRawText()));
        reader.Read();
        var record = ResponseReader.ReadItem(ref reader, _core.TypeOf<T>(), out _, out _);
        if (record is not null)
        {
            _core.CustomFields.Attach(record);
        }

        return record;
    }

    /// <summary>As the other, but an answer without a body is null: the service gives one now and then (reported by client authors).</summary>
    internal Task<T?> SendLenientlyAsync<T>(CopperRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(request, reply => reply.Body.IsEmpty ? null : Deserialize<T>(reply), null, cancellationToken);

    /// <summary>As the other, but what is read counts only when it holds what it must.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">How the answer is read.</param>
    /// <param name="problem">What is wrong with an answer, as the end of a sentence; null when it is right.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal Task<T?> SendLenientlyAsync<T>(CopperRequest request, JsonTypeInfo<T> type, Func<T, string?> problem, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(request, reply => reply.Body.IsEmpty ? null : Checked(Deserialize<T>(reply), problem), null, cancellationToken);

    private static T Checked<T>(T value, Func<T, string?> problem) => problem(value) is { } text ? throw new JsonException(text) : value;

    private T Deserialize<T>(Reply reply)
        where T : class
    {
        var value = ResponseReader.Read(reply.Body.Span, _core.TypeOf<T>());
        _core.CustomFields.Attach(value);
        return value;
    }

    private static CopperUnreadableRecordException Unreadable<T>(CopperRequest request, Reply reply, UnreadableItem item, long? page) =>
        new(request, reply.StatusCode, reply.RequestId, ResponseReader.NameOf<T>(), item.Problem, page, item.Index + 1, item.Id);

    /// <summary>Reads the list that an answer is.</summary>
    internal delegate ItemList<T> ReadList<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> item)
        where T : class;

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
