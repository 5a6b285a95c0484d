using System.Text.Json;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Accounts;

/// <summary>The value rules of each custom field data type.</summary>
internal static class CustomFieldDataTypes
{
    /// <summary>How the ids of connections are written.</summary>
    private static readonly AttributeType Connections = new IntegerArrayType();

    private static readonly Dictionary<string, AttributeType> Types = new()
    {
        ["String"] = new ShortStringType(),
        ["Text"] = new StringType(),
        ["Dropdown"] = IntegerType.Any,
        ["MultiSelect"] = new IntegerArrayType(),
        ["Date"] = DateType.Day,
        ["Checkbox"] = new BooleanType(),
        ["Float"] = new NumberType(),
        ["URL"] = new StringType(),
        ["Percentage"] = new NumberType(),
        ["Currency"] = new NumberType(),
    };

    /// <summary>Data types a client can create; Connect fields are created in the web application only.</summary>
    public static IEnumerable<string> Creatable => Types.Keys;

    public static AttributeType Of(CustomFieldDefinition definition) => definition.IsConnect ? Connections : Types[definition.DataType];

    /// <summary>Input over 255 characters is cut: the vendor's example reply ends exactly there.</summary>
    private sealed class ShortStringType : AttributeType
    {
        private const int MaximumLength = 255;

        public override object? Read(JsonElement json, AttributeReading reading)
        {
            if (json.ValueKind != JsonValueKind.String)
            {
                return reading.Fail("must be a string");
            }

            string text = json.GetString()!;
            return text.Length <= MaximumLength ? text : text.Substring(0, MaximumLength);
        }

        public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue((string)value);
    }

    /// <summary>Option ids, unset as an empty array.</summary>
    private sealed class IntegerArrayType : AttributeType
    {
        public override object? Empty => Array.Empty<long>();

        public override object? Read(JsonElement json, AttributeReading reading)
        {
            if (json.ValueKind != JsonValueKind.Array
                || json.EnumerateArray().Any(item => !JsonValues.TryGetInteger(item, out _)))
            {
                return reading.Fail("must be an array of option ids");
            }

            return json.EnumerateArray().Select(item => JsonValues.TryGetInteger(item, out long id) ? id : 0).Distinct().ToArray();
        }

        public override void Write(Utf8JsonWriter writer, object value)
        {
            writer.WriteStartArray();
            foreach (long item in (long[])value)
            {
                writer.WriteNumberValue(item);
            }

            writer.WriteEndArray();
        }
    }
}
