using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// Reads the custom fields of a record: an array as documented, one field without the array, or an object of definition ids with
/// their values, as notifications have it. Those without a value are kept aside.
/// </summary>
internal sealed class CustomFieldListConverter : JsonConverter<CopperCustomFieldList>
{
    private static readonly ObjectListConverter<CopperCustomFieldList, CopperCustomFieldValue> Items = new();

    public override bool HandleNull => true;

    public override CopperCustomFieldList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var list = reader.TokenType == JsonTokenType.StartObject && !IsOneField(reader)
            ? ReadMap(ref reader)
            : Items.Read(ref reader, typeToConvert, options);
        list.SetEmptyAside();
        return list;
    }

    public override void Write(Utf8JsonWriter writer, CopperCustomFieldList value, JsonSerializerOptions options) =>
        JsonValueWriter.Write(writer, value.Concat(value.WithoutValue));

    private static bool IsOneField(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("custom_field_definition_id"u8))
            {
                return true;
            }

            reader.Read();
            reader.Skip();
        }

        return false;
    }

    private static CopperCustomFieldList ReadMap(ref Utf8JsonReader reader)
    {
        var list = new CopperCustomFieldList();
        var sent = (AdditionalMembers)ClrValueConverter.ReadValue(ref reader)!;
        foreach (var member in sent)
        {
            if (!long.TryParse(member.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                UnconvertedValue.Note(sent);
                continue;
            }

            list.Add(new CopperCustomFieldValue { DefinitionId = id, Value = member.Value });
        }

        return list;
    }
}
