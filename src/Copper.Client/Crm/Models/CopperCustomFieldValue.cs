using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Crm.Models;

/// <summary>The value of one custom field of a record (developer.copper.com/custom-fields).</summary>
public sealed class CopperCustomFieldValue : IJsonWritable
{
    /// <summary>The id of the field's definition.</summary>
    [JsonPropertyName("custom_field_definition_id")]
    public long? DefinitionId { get; set; }

    /// <summary>
    /// As the service sends it: text, number, true or false, Unix seconds for a date, an option id for a dropdown,
    /// a list of option ids for a multi-select; null when empty.
    /// </summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? Value { get; set; }

    /// <summary>Option names instead of ids, where they were asked for; else null.</summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? ComputedValue { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The field has no value. A checkbox always has one.</summary>
    [JsonIgnore]
    public bool IsEmpty => Value is null or "" or JsonArray { Count: 0 };

    /// <summary>Definition id and value, for example <c>126240=Gold</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}={1}", DefinitionId, ComputedValue ?? Value);

    void IJsonWritable.WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("custom_field_definition_id");
        JsonValueWriter.Write(writer, DefinitionId);
        writer.WritePropertyName("value");
        JsonValueWriter.Write(writer, Value);
        writer.WriteEndObject();
    }
}

/// <summary>The custom fields of a record. Its text names those that are filled.</summary>
public sealed class CopperCustomFieldList : CopperList<CopperCustomFieldValue>
{
    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this.Where(static field => !field.IsEmpty));
}
