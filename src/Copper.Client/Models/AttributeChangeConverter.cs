using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// Reads <c>updated_attributes</c>: field to [old, new], and <c>custom_fields</c> as an object of its own, definition id to
/// [old, new] (developer.copper.com/webhooks/notification-example).
/// </summary>
internal sealed class AttributeChangeConverter : JsonConverter<CopperAttributeChangeList>
{
    private const string CustomFields = "custom_fields";

    public override bool HandleNull => true;

    public override CopperAttributeChangeList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var changes = new CopperAttributeChangeList();
        var value = ClrValueConverter.ReadValue(ref reader);
        if (value is AdditionalMembers attributes)
        {
            foreach (var attribute in attributes)
            {
                if (attribute.Key == CustomFields && attribute.Value is AdditionalMembers fields)
                {
                    changes.AddRange(fields.Select(static field => Change(field.Key, field.Value, DefinitionId(field.Key))));
                }
                else
                {
                    changes.Add(Change(attribute.Key, attribute.Value, null));
                }
            }
        }
        else if (value is not null)
        {
            UnconvertedValue.Note(value);
        }

        return changes;
    }

    public override void Write(Utf8JsonWriter writer, CopperAttributeChangeList value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    private static CopperAttributeChange Change(string name, object? values, long? definitionId)
    {
        // A value that is no pair is taken for the current value.
        var pair = values as JsonArray;
        var isPair = pair?.Count == 2;
        return new CopperAttributeChange
        {
            Name = name,
            DefinitionId = definitionId,
            OldValue = isPair ? pair![0] : null,
            NewValue = isPair ? pair![1] : values,
        };
    }

    private static long? DefinitionId(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>A list of ids.</summary>
internal sealed class IdListConverter : CopperListConverter<CopperList<long>, long>
{
    protected override bool TryReadItem(ref Utf8JsonReader reader, JsonSerializerOptions options, out long item)
    {
        var start = reader;
        var id = WholeNumberConverter.ReadWhole(ref reader);
        item = id ?? 0;
        if (id > 0)
        {
            return true;
        }

        UnconvertedValue.Keep(ref start);
        return false;
    }
}
