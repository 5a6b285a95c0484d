using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>How responses of one account become records.</summary>
/// <param name="isDayFirst">The account writes the day before the month. Only close dates differ.</param>
/// <param name="attach">Attaches what records need to be readable, such as the definitions of their custom fields.</param>
internal sealed class RecordReader(bool isDayFirst, Action<object> attach)
{
    /// <summary>Reads a list from the bytes of a response.</summary>
    internal delegate ItemList<T> ReadItems<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> item)
        where T : class;

    /// <summary>Reads the response that is one object.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public T Read<T>(ServiceResponse response)
        where T : class
    {
        var value = ResponseReader.Read(response.Body.Span, CopperJson.TypeOf<T>(isDayFirst));
        attach(value);
        return value;
    }

    /// <summary>
    /// Reads one object; null for a response without a body, which the service sends now and then (reported by client authors).
    /// </summary>
    /// <exception cref="JsonException">There is a body, and it is no such object.</exception>
    public T? ReadOptional<T>(ServiceResponse response)
        where T : class =>
        response.Body.IsEmpty ? null : Read<T>(response);

    /// <summary>Reads the record of an id. Another record is an error: nothing of it is passed on.</summary>
    /// <exception cref="JsonException">The response is no record.</exception>
    /// <exception cref="CopperProtocolException">It is another record.</exception>
    public T ReadRecord<T>(CopperRequest request, ServiceResponse response, long id)
        where T : class, ICopperRecord
    {
        var record = Read<T>(response);
        return record.Id == id ? record : throw OtherRecord(request, response, record.GetEntityType(), id, record.Id);
    }

    /// <summary>Reads a list. An item that cannot be read costs itself only.</summary>
    /// <exception cref="JsonException">It is no list.</exception>
    public ItemList<T> ReadList<T>(ServiceResponse response, ReadItems<T> read)
        where T : class
    {
        var list = read(response.Body.Span, CopperJson.TypeOf<T>(isDayFirst));
        attach(list.Items);
        return list;
    }

    /// <summary>Reads one object from JSON that was kept.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public T ReadKept<T>(byte[] json)
        where T : class
    {
        var value = ResponseReader.Read(json, CopperJson.TypeOf<T>(isDayFirst));
        attach(value);
        return value;
    }

    /// <summary>Reads one record of a larger response; null when it cannot be read.</summary>
    public T? ReadItem<T>(JsonElement item)
        where T : class
    {
        var reader = JsonDepth.ReaderOf(Encoding.UTF8.GetBytes(item.GetRawText()));
        reader.Read();
        var record = ResponseReader.ReadItem(ref reader, CopperJson.TypeOf<T>(isDayFirst), out _, out _);
        if (record is not null)
        {
            attach(record);
        }

        return record;
    }

    /// <summary>
    /// A response whose content is of no interest, such as that to the end of a relation. It must be whole.
    /// </summary>
    /// <exception cref="JsonException">It is cut off, or no JSON.</exception>
    public static bool Confirm(ServiceResponse response)
    {
        if (!response.Body.IsEmpty)
        {
            using var document = JsonDocument.Parse(response.Body, JsonDepth.AnyDepth);
        }

        return true;
    }

    /// <summary>The response to a deletion. It may name nothing, but not something else than what was to be deleted.</summary>
    /// <param name="request">The deletion.</param>
    /// <param name="response">The response.</param>
    /// <param name="entity">What was to be deleted, in the API's singular word.</param>
    /// <param name="id">Its id.</param>
    /// <param name="owner">The id of the record to which it belongs, by which it may be confirmed; null when it belongs to none.</param>
    /// <exception cref="JsonException">The response is cut off, or no JSON.</exception>
    /// <exception cref="CopperOutcomeUnknownException">The response has the id of something else.</exception>
    public static bool ConfirmDeletion(CopperRequest request, ServiceResponse response, string entity, long id, long? owner = null)
    {
        if (response.Body.IsEmpty)
        {
            return true;
        }

        using var document = JsonDocument.Parse(response.Body, JsonDepth.AnyDepth);
        return document.RootElement.ValueKind != JsonValueKind.Object
            || StatedError.Number(document.RootElement, "id") is not { } other
            || other == id
            || other == owner
            ? true
            : throw new CopperOutcomeUnknownException(request, OtherRecord(request, response, entity, id, other));
    }

    /// <summary>The error of a response that is about another record than the request.</summary>
    public static CopperProtocolException OtherRecord(
        CopperRequest request, ServiceResponse response, string entity, long id, long other) => new(
        request,
        response.StatusCode,
        response.RequestId,
        $"it is about {entity} {other}, but {entity} {id} was asked for. Nothing of it is passed on."
        + (request.Effect is RequestEffect.Read or RequestEffect.Delete
            ? string.Empty
            : $" Look at {entity} {id} and {entity} {other} before you try again."),
        isTransient: false);

    /// <summary>The errors of the items of a list that cannot be read.</summary>
    /// <param name="request">The request for the list.</param>
    /// <param name="response">The list.</param>
    /// <param name="list">What was read of it.</param>
    /// <param name="page">The number of the page, from 1; null for a list that comes whole.</param>
    public static List<CopperUnreadableRecordException> Unreadable<T>(
        CopperRequest request, ServiceResponse response, ItemList<T> list, long? page)
        where T : class =>
        list.Unreadable.ConvertAll(item => new CopperUnreadableRecordException(
            request, response.StatusCode, response.RequestId, ResponseReader.NameOf<T>(), item.Problem, page, item.Index + 1, item.Id));
}
