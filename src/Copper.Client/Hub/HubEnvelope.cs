using System.Globalization;
using System.Text.Json;
using Copper.Client.Json;

namespace Copper.Client.Hub;

/// <summary>
/// What every response comes in: <c>{ "response_code", "message", "data" }</c>. Valid as long as the response that it was read from.
/// </summary>
internal sealed class HubEnvelope : IDisposable
{
    private readonly JsonDocument _document;

    private HubEnvelope(JsonDocument document, int responseCode)
    {
        _document = document;
        ResponseCode = responseCode;
        Message = Root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
            ? TolerantText.Of(message)
            : string.Empty;
        Data = Root.TryGetProperty("data", out var data) ? data : default;
    }

    public int ResponseCode { get; }

    public string Message { get; }

    /// <summary>Undefined when there is none.</summary>
    public JsonElement Data { get; }

    /// <summary>A response may have status 200 and yet report that nothing was done.</summary>
    public bool IsSuccess => ResponseCode is >= 200 and < 300
        && !(TryGet("success", out var success) && success.ValueKind == JsonValueKind.False);

    private JsonElement Root => _document.RootElement;

    /// <exception cref="JsonException">It is no such envelope.</exception>
    public static HubEnvelope Parse(ReadOnlyMemory<byte> body)
    {
        var document = JsonDocument.Parse(body, JsonDepth.AnyDepth);
        try
        {
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("response_code", out var code)
                ? new HubEnvelope(document, CodeOf(code))
                : throw new JsonException("it has no response_code.");
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>A member of the data; false when there is none, also when the data is no object (PHP writes an empty one as []).</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out value);
    }

    public bool IsTrue(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <exception cref="JsonException">There is no such text.</exception>
    public string Text(string name) =>
        TryGet(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new JsonException($"it has no {name}.");

    /// <summary>A whole number, as number or as text.</summary>
    /// <exception cref="JsonException">There is no such number.</exception>
    public long Number(string name) =>
        !TryGet(name, out var value) ? throw new JsonException($"it has no {name}.")
        : TryRead(value, out var number) ? number
        : throw new JsonException(
            value.ValueKind is JsonValueKind.Number or JsonValueKind.String
                ? $"its {name} is {value.GetRawText()}, which is {RecordId.Fault(ClrValue(value))}."
                : $"it has no {name}.");

    public void Dispose() => _document.Dispose();

    private static int CodeOf(JsonElement code) =>
        TryRead(code, out var number) && number is >= 100 and < 1000
            ? (int)number
            : throw new JsonException($"its response_code is {code.GetRawText()}.");

    private static object ClrValue(JsonElement value)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()));
        reader.Read();
        return ClrValueConverter.ReadValue(ref reader)!;
    }

    private static bool TryRead(JsonElement value, out long number)
    {
        number = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out number),
            JsonValueKind.String => long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
    }
}
