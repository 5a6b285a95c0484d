using System.Text.Json;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// The <c>custom_fields</c> array of a record. A request changes the definitions it lists and leaves the others;
/// a reply lists every definition available on the entity.
/// </summary>
internal sealed class CustomFieldsType : AttributeType
{
    public override object? Empty => CustomFieldValues.None;

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return reading.Fail("must be an array");
        }

        var values = (CustomFieldValues)(reading.Current ?? CustomFieldValues.None);
        foreach (var item in json.EnumerateArray())
        {
            values = ReadItem(item, values, reading);
        }

        return values;
    }

    /// <summary>Not possible without the definitions: <see cref="RecordRenderer"/> writes custom fields itself.</summary>
    public override void Write(Utf8JsonWriter writer, object value) =>
        throw new NotSupportedException("Custom fields are written together with their definitions.");

    /// <summary>Reads one item outside of an array.</summary>
    public static CustomFieldValues ReadSingle(JsonElement item, AttributeReading reading) =>
        ReadItem(item, CustomFieldValues.None, reading);

    private static CustomFieldValues ReadItem(JsonElement item, CustomFieldValues values, AttributeReading reading)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            reading.Fail("items must be objects");
            return values;
        }

        reading.FailUnrecognized([.. item.EnumerateObject()
            .Select(member => member.Name)
            .Where(name => name is not ("custom_field_definition_id" or "value"))]);

        var definition = item.TryGetProperty("custom_field_definition_id", out var idJson)
            && JsonValues.TryGetInteger(idJson, out long id)
                ? reading.Account.FindCustomField(id)
                : null;
        if (definition is null || !definition.HasValuesOn(reading.EntityType))
        {
            reading.Fail("custom_field_definition_id is not available on this entity");
            return values;
        }

        if (!item.TryGetProperty("value", out var valueJson))
        {
            reading.Fail("value is missing");
            return values;
        }

        return values.With(definition.Id, ReadValue(valueJson, definition, reading));
    }

    private static object? ReadValue(JsonElement json, CustomFieldDefinition definition, AttributeReading reading)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        object? value = CustomFieldDataTypes.Of(definition).Read(json, reading);
        long[] chosen = value switch
        {
            long option when definition.HasOptions => [option],
            long[] options => options,
            _ => [],
        };
        return chosen.All(choice => definition.Options.Any(option => option.Id == choice))
            ? value
            : reading.Fail($"custom field {definition.Id} has no such option");
    }
}
