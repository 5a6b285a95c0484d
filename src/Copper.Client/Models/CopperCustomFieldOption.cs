using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A choice of a custom field (developer.copper.com/custom-fields).</summary>
public sealed class CopperCustomFieldOption : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Its place among the choices, from 0.</summary>
    public long? Rank { get; set; }

    /// <summary>The id of the field's definition.</summary>
    [JsonIgnore]
    public long? DefinitionId { get; internal set; }

    /// <summary>The name of the field.</summary>
    [JsonIgnore]
    public string? DefinitionName { get; internal set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => "custom field option";

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}
