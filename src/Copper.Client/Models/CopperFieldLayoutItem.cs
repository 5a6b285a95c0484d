using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// A field in the order in which the web app shows the fields of an entity (the service's field layouts; vendor changelog of
/// 2025-03-10).
/// </summary>
public sealed class CopperFieldLayoutItem
{
    /// <summary>The entity, in the API's singular word. The service does not repeat it.</summary>
    [JsonIgnore]
    public string? EntityType { get; internal set; }

    /// <summary>The id of the pipeline, for opportunities. The service does not repeat it.</summary>
    [JsonIgnore]
    public long? PipelineId { get; internal set; }

    /// <summary>The place of the field, from 1.</summary>
    [JsonIgnore]
    public int Position { get; internal set; }

    /// <summary>The field's key, for example full_name.</summary>
    public string? FieldKey { get; set; }

    /// <summary>The kind of field, for example static_field.</summary>
    public string? FieldType { get; set; }

    /// <summary>The field's id, for a custom field that of its definition.</summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? FieldId { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The field's key.</summary>
    public override string ToString() => FieldKey ?? string.Empty;
}
