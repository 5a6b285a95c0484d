using System.Globalization;
using System.Text.Json;
using Copper.Sandbox.Accounts;

namespace Copper.Sandbox.Webhooks;

/// <summary>Writes which custom fields changed: definition id to [old, new], with names for options if the subscription wants
/// them.</summary>
internal static class CustomFieldChanges
{
    public static void Write(Utf8JsonWriter writer, Account account, SandboxAttributeChange change, bool computedValues)
    {
        using var former = JsonDocument.Parse(change.OldValue);
        using var present = JsonDocument.Parse(change.NewValue);
        var formerValues = ValuesOf(former);
        writer.WriteStartObject();
        foreach (var value in ValuesOf(present))
        {
            var old = formerValues[value.Key];
            if (old.GetRawText() == value.Value.GetRawText())
            {
                continue;
            }

            var definition = computedValues ? account.FindCustomField(value.Key) : null;
            writer.WriteStartArray(value.Key.ToString(CultureInfo.InvariantCulture));
            WriteValue(writer, definition, old);
            WriteValue(writer, definition, value.Value);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    // Both lists hold every field of the entity, the empty ones too.
    private static Dictionary<long, JsonElement> ValuesOf(JsonDocument customFields) =>
        customFields.RootElement.EnumerateArray().ToDictionary(
        field => field.GetProperty("custom_field_definition_id").GetInt64(), field => field.GetProperty("value"));

    private static void WriteValue(Utf8JsonWriter writer, CustomFieldDefinition? definition, JsonElement value)
    {
        if (definition is not { HasOptions: true })
        {
            value.WriteTo(writer);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var option in value.EnumerateArray())
            {
                WriteValue(writer, definition, option);
            }

            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Number && definition.NameOfOption(value.GetInt64()) is { } name)
        {
            writer.WriteStringValue(name);
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
