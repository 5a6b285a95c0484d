using System.Text.Json;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// The choices of a field. The list is sent whole as <c>[{"name":"…"}]</c>; a choice sent with its id stays, one without
/// gets a fresh id. Ranks follow the order sent, and replies list the highest rank first, as the vendor's example does.
/// </summary>
internal sealed class CustomFieldOptionsType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return reading.Fail("must be an array");
        }

        var current = (CustomFieldOption[]?)reading.Current ?? [];
        var options = new List<CustomFieldOption>();
        foreach (var item in json.EnumerateArray())
        {
            string? name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var nameJson)
                && nameJson.ValueKind == JsonValueKind.String ? nameJson.GetString() : null;
            if (string.IsNullOrWhiteSpace(name))
            {
                return reading.Fail("items must have a name");
            }

            long? id = ReadId(item);
            if (id is not null && current.All(option => option.Id != id))
            {
                return reading.Fail($"no option with id {id}");
            }

            options.Add(new CustomFieldOption(id ?? reading.Account.NextOptionId(), name!, options.Count));
        }

        return options.ToArray();
    }

    public override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        foreach (var option in ((CustomFieldOption[])value).OrderByDescending(option => option.Rank))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", option.Id);
            writer.WriteString("name", option.Name);
            writer.WriteNumber("rank", option.Rank);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static long? ReadId(JsonElement item) =>
        item.TryGetProperty("id", out var json) && JsonValues.TryGetInteger(json, out long id) ? id : null;
}
