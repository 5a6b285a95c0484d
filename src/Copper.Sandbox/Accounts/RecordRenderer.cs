using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Copper.Sandbox.Json;
using Copper.Sandbox.Links;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>Writes records as JSON in full shape: every attribute of the table, nulls included.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Buffer and writer hold nothing but memory, for as long as the account lives.")]
internal sealed class RecordRenderer(Account account)
{
    private static readonly JsonEncodedText DefinitionId = JsonEncodedText.Encode("custom_field_definition_id");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText ComputedValue = JsonEncodedText.Encode("computed_value");

    // Kept for the next record: a page holds up to 200 of them. Requests are handled one at a time.
    private readonly MemoryStream _buffer = new(4096);
    private Utf8JsonWriter? _writer;

    /// <summary>The JSON of a record; the plain form is kept with the record until something in it changes.</summary>
    public byte[] Render(EntitySchema schema, Record record, bool computedValues = false)
    {
        if (computedValues)
        {
            return Write(schema, record, computedValues: true);
        }

        if (record.Rendered is null || record.RenderedVersion != account.RenderVersion)
        {
            record.Rendered = Write(schema, record, computedValues: false);
            record.RenderedVersion = account.RenderVersion;
        }

        return record.Rendered;
    }

    public byte[] RenderArray(EntitySchema schema, IEnumerable<Record> records, bool computedValues = false)
    {
        byte[][] items = [.. records.Select(record => Render(schema, record, computedValues))];
        byte[] array = new byte[items.Sum(item => item.Length) + Math.Max(0, items.Length - 1) + 2];
        int position = 0;
        array[position++] = (byte)'[';
        foreach (byte[] item in items)
        {
            if (position > 1)
            {
                array[position++] = (byte)',';
            }

            item.CopyTo(array, position);
            position += item.Length;
        }

        array[position] = (byte)']';
        return array;
    }

    /// <summary>One attribute as JSON text, as it is compared to see what an update changed.</summary>
    public string RenderValue(EntitySchema schema, EntityAttribute attribute, object? value) =>
        JsonText.Text(writer => WriteValue(writer, schema, null, attribute, value, computedValues: false));

    private byte[] Write(EntitySchema schema, Record record, bool computedValues)
    {
        _buffer.SetLength(0);
        _writer ??= new Utf8JsonWriter(_buffer, JsonText.WriterOptions);
        _writer.Reset();
        Write(_writer, schema, record, computedValues);
        _writer.Flush();
        return _buffer.ToArray();
    }

    private void Write(Utf8JsonWriter writer, EntitySchema schema, Record record, bool computedValues)
    {
        writer.WriteStartObject();
        for (int index = 0; index < schema.Attributes.Count; index++)
        {
            var attribute = schema.Attributes[index];
            object? value = attribute.Derive is null ? record.Values[index] : attribute.Derive(account, schema, record);
            bool isUnset = value is null || (attribute.IsNullInsteadOfFalse && value is false);
            if (isUnset && attribute.OmittedWhenNull)
            {
                continue;
            }

            writer.WritePropertyName(attribute.EncodedName);
            WriteValue(writer, schema, record, attribute, value, computedValues);
        }

        writer.WriteEndObject();
    }

    private void WriteValue(
        Utf8JsonWriter writer, EntitySchema schema, Record? record, EntityAttribute attribute, object? value, bool computedValues)
    {
        if (value is CustomFieldValues customFields)
        {
            WriteCustomFields(writer, schema, record, customFields, computedValues);
        }
        else if (value is null || (attribute.IsNullInsteadOfFalse && value is false))
        {
            attribute.Type.WriteNone(writer);
        }
        else
        {
            attribute.Type.Write(writer, value);
        }
    }

    private void WriteCustomFields(
        Utf8JsonWriter writer, EntitySchema schema, Record? record, CustomFieldValues values, bool computedValues)
    {
        writer.WriteStartArray();
        foreach (var definition in account.ListedCustomFieldsOf(schema.Type))
        {
            var type = CustomFieldDataTypes.Of(definition);
            object? value = definition.IsConnect ? ConnectionsOf(schema, record, definition) : values.Find(definition.Id) ?? type.Empty;
            writer.WriteStartObject();
            writer.WriteNumber(DefinitionId, definition.Id);
            writer.WritePropertyName(Value);
            WriteOrNull(writer, type, value);
            if (computedValues)
            {
                writer.WritePropertyName(ComputedValue);
                WriteComputedValue(writer, definition, type, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Published responses show <c>[]</c> where a record has no connections; that it holds their ids otherwise is
    /// assumed.</summary>
    private long[] ConnectionsOf(EntitySchema schema, Record? record, CustomFieldDefinition definition) => record is null
        ? []
        : [.. account.Connections.Of(ConnectionEnd.Of(schema.Type, record.Id), definition.Id).Select(connection => connection.Id)];

    /// <summary>Names instead of option ids; for all other types the value again.</summary>
    private static void WriteComputedValue(Utf8JsonWriter writer, CustomFieldDefinition definition, AttributeType type, object? value)
    {
        switch (value)
        {
            case long option when definition.HasOptions:
                writer.WriteStringValue(definition.NameOfOption(option));
                break;
            case long[] options when definition.HasOptions:
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
