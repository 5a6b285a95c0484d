using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.CustomFields;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>The value of one custom field of a record (developer.copper.com/custom-fields).</summary>
public sealed class CopperCustomFieldValue : IJsonWritable
{
    /// <summary>The id of the field's definition.</summary>
    [JsonPropertyName("custom_field_definition_id")]
    public long? DefinitionId { get; set; }

    /// <summary>The field's name; null while the client has not read the definitions. Asks nobody.</summary>
    [JsonIgnore]
    public string? Name => Definition(Book?.Known)?.Name;

    /// <summary>
    /// As the service sends it: text, number, true or false, Unix seconds for a date, an option id for a dropdown,
    /// a list of option ids for a multi-select; null when empty.
    /// </summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? Value { get; set; }

    /// <summary>Option names instead of ids, where they were asked for; else null.</summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? ComputedValue { get; set; }

    /// <summary>
    /// The value as people know it: labels instead of option ids, a day instead of seconds, a decimal. While the client has not
    /// read the definitions, what the service sent. Asks nobody.
    /// </summary>
    [JsonIgnore]
    public object? DisplayValue => Typed(Book?.Known);

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The field has no value. A checkbox always has one.</summary>
    [JsonIgnore]
    public bool IsEmpty => Value is null or "" or JsonArray { Count: 0 };

    internal CustomFieldCatalogProvider? Book { get; set; }

    /// <summary>Name and value, for example <c>Level=Gold</c>; the definition's id while the name is not known.</summary>
    public override string ToString()
    {
        var catalog = Book?.Known;
        return (Definition(catalog)?.Name ?? CustomFieldReading.Text(DefinitionId)) + "=" + CustomFieldReading.Text(Typed(catalog));
    }

    internal CopperCustomFieldDefinition? Definition(CustomFieldCatalog? catalog) => DefinitionId is { } id ? catalog?.Find(id) : null;

    internal object? Typed(CustomFieldCatalog? catalog) =>
        Definition(catalog) is { } definition ? CustomFieldReading.Typed(catalog!, definition, Value, Book is { IsDayFirst: true }) : ComputedValue ?? Value;

    void IJsonWritable.WriteTo(Utf8JsonWriter writer)
    {
        JsonValueWriter.Check("custom field " + DefinitionId?.ToString(System.Globalization.CultureInfo.InvariantCulture), Value);
        writer.WriteStartObject();
        writer.WritePropertyName("custom_field_definition_id");
        JsonValueWriter.Write(writer, DefinitionId);
        writer.WritePropertyName("value");
        JsonValueWriter.Write(writer, Value);
        writer.WriteEndObject();
    }
}
