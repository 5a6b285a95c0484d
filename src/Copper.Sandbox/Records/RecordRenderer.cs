using System.Text.Json;

namespace Copper.Sandbox;

/// <summary>Writes records as JSON in full shape: every attribute of the table, nulls included.</summary>
internal sealed class RecordRenderer(Account account)
{
    /// <summary>The JSON of a record; the plain form is kept with the record until something in it changes.</summary>
    public byte[] Render(EntitySchema schema, Record record, bool computedValues = false)
    {
        if (computedValues)
        {
            return JsonText.Bytes(writer => Write(writer, schema, record, computedValues: true));
        }

        if (record.Rendered is null || record.RenderedVersion != account.RenderVersion)
        {
            record.Rendered = JsonText.Bytes(writer => Write(writer, schema, record, computedValues: false));
            record.RenderedVersion = account.RenderVersion;
        }

        return record.Rendered;
    }

    public byte[] RenderArray(EntitySchema schema, IEnumerable<Record> records, bool computedValues = false)
    {
        using var stream = new MemoryStream();
        stream.WriteByte((byte)'[');
        foreach (var record in records)
        {
            if (stream.Length > 1)
            {
                stream.WriteByte((byte)',');
            }

            byte[] json = Render(schema, record, computedValues);
            stream.Write(json, 0, json.Length);
        }

        stream.WriteByte((byte)']');
        return stream.ToArray();
    }

    /// <summary>One attribute as JSON text, as it is compared to see what an update changed.</summary>
    public string RenderValue(EntitySchema schema, EntityAttribute attribute, object? value) =>
        JsonText.Text(writer => WriteValue(writer, schema, attribute, value, computedValues: false));

    private void Write(Utf8JsonWriter writer, EntitySchema schema, Record record, bool computedValues)
    {
        writer.WriteStartObject();
        for (int index = 0; index < schema.Attributes.Count; index++)
        {
            var attribute = schema.Attributes[index];
            object? value = attribute.Derive is null ? record.Values[index] : attribute.Derive(account, schema, record);
            if (value is null && attribute.OmittedWhenNull)
            {
                continue;
            }

            writer.WritePropertyName(attribute.Name);
            WriteValue(writer, schema, attribute, value, computedValues);
        }

        writer.WriteEndObject();
    }

    private void WriteValue(Utf8JsonWriter writer, EntitySchema schema, EntityAttribute attribute, object? value, bool computedValues)
    {
        if (value is CustomFieldValues customFields)
        {
            WriteCustomFields(writer, schema, customFields, computedValues);
        }
        else if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            attribute.Type.Write(writer, value);
        }
    }

    private void WriteCustomFields(Utf8JsonWriter writer, EntitySchema schema, CustomFieldValues values, bool computedValues)
    {
        writer.WriteStartArray();
        foreach (var definition in account.CustomFieldsOf(schema.Type))
        {
            var type = CustomFieldDataTypes.Of(definition);
            object? value = values.Find(definition.Id) ?? type.Empty;
            writer.WriteStartObject();
            writer.WriteNumber("custom_field_definition_id", definition.Id);
            writer.WritePropertyName("value");
            WriteOrNull(writer, type, value);
            if (computedValues)
            {
                writer.WritePropertyName("computed_value");
                WriteComputedValue(writer, definition, type, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Names instead of option ids; for all other types the value again.</summary>
    private static void WriteComputedValue(Utf8JsonWriter writer, CustomFieldDefinition definition, AttributeType type, object? value)
    {
        switch (value)
        {
            case long option when definition.HasOptions:
                writer.WriteStringValue(definition.NameOfOption(option));
                break;
            case long[] options:
                Attributes.Strings.Write(writer, options.Select(definition.NameOfOption).OfType<string>().ToArray());
                break;
            default:
                WriteOrNull(writer, type, value);
                break;
        }
    }

    private static void WriteOrNull(Utf8JsonWriter writer, AttributeType type, object? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            type.Write(writer, value);
        }
    }
}
