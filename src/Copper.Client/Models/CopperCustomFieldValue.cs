using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>The value of one custom field of a record (developer.copper.com/custom-fields).</summary>
public sealed class CopperCustomFieldValue : IJsonWritable
{
    private const string IdMember = "custom_field_definition_id";

    /// <summary>The id of the field's definition; null when the service sent none that is a whole number.</summary>
    [JsonPropertyName(IdMember)]
    public long? DefinitionId { get; set; }

    /// <summary>
    /// The field's name; null while the client has not read the definitions, which <see cref="CopperClientOptions.LoadNames"/> makes it do.
    /// A program that sets it, in its tests for example, finds the field by it. Sends nothing.
    /// </summary>
    [JsonIgnore]
    public string? Name
    {
        get => GivenName ?? Definition(Provider?.Known)?.Name;
        set => GivenName = value;
    }

    /// <summary>The name that was set; null when it is that of the definition.</summary>
    internal string? GivenName { get; private set; }

    /// <summary>
    /// As the service sends it: text, number, true or false, Unix seconds for a date, an option id for a dropdown,
    /// a list of option ids for a multi-select; null when empty.
    /// </summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? Value { get; set; }

    /// <summary>Option names instead of ids, where they were requested; else null.</summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? ComputedValue { get; set; }

    /// <summary>
    /// The value as people know it: labels instead of option ids, a day instead of seconds, a decimal. While the client has not
    /// read the definitions, what the service sent. Sends nothing.
    /// </summary>
    [JsonIgnore]
    public object? DisplayValue => Typed(Provider?.Known);

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The field has no value. A checkbox always has one.</summary>
    [JsonIgnore]
    public bool IsEmpty => Value is null or "" or JsonArray { Count: 0 };

    /// <summary>
    /// The definition's id as text, also one that is no whole number; <c>custom field</c> where the service sent none. A field whose
    /// definition is not known is called by it.
    /// </summary>
    /// <remarks>A method, since a property would be shown among the value's own members.</remarks>
    public string GetIdText() => DefinitionId is { } id ? id.ToString(CultureInfo.InvariantCulture)
        : SentId is { Length: > 0 } text ? text
        : "custom field";

    /// <summary>What the service sent in place of an id; null when it sent nothing.</summary>
    private string? SentId =>
        AdditionalMembers is { } members && members.TryGetValue(IdMember, out var sent) ? Json.AdditionalMembers.Text(sent) : null;

    internal ICustomFieldCatalogProvider? Provider { get; set; }

    /// <summary>
    /// Name and value, for example <c>Level=Gold</c>, or <c>Level=(none)</c> when the field is empty; the definition's id while the name is
    /// not known.
    /// </summary>
    public override string ToString()
    {
        var catalog = Provider?.Known;
        return (GivenName ?? Definition(catalog)?.Name ?? GetIdText()) + "=" + (IsEmpty ? "(none)" : TextOf(Typed(catalog)));
    }

    internal CopperCustomFieldDefinition? Definition(ICustomFieldCatalog? catalog) => DefinitionId is { } id ? catalog?.Find(id) : null;

    internal object? Typed(ICustomFieldCatalog? catalog) =>
        Definition(catalog) is { } definition
            ? catalog!.Convert(definition, Value, Provider is { IsDayFirst: true })
            : ComputedValue ?? Value;

    /// <summary>In one line, the same in every culture.</summary>
    private static string TextOf(object? value) => value is DateTime day
        ? day.ToString(day.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : Json.AdditionalMembers.Text(value);

    void IJsonWritable.WriteTo(Utf8JsonWriter writer)
    {
        JsonValueWriter.Check("custom field " + GetIdText(), Value);
        writer.WriteStartObject();
        writer.WritePropertyName(IdMember);
        JsonValueWriter.Write(writer, DefinitionId);
        writer.WritePropertyName("value");
        JsonValueWriter.Write(writer, Value);
        writer.WriteEndObject();
    }
}
