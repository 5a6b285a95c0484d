using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// A type of activities that the account created. It is disabled in Copper's settings, never deleted (the vendor's Postman
/// collection).
/// </summary>
public sealed class CopperCustomActivityType : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The picture, by the service's word for it, for example Phone.</summary>
    public string? IconType { get; set; }

    /// <summary>The type is switched off.</summary>
    public bool? IsDisabled { get; set; }

    /// <summary>An activity of this type counts as an interaction.</summary>
    public bool? IsInteraction { get; set; }

    /// <summary>The id of the account.</summary>
    public long? CompanyId { get; set; }

    /// <summary>New tasks get this type when none is given; null for a type that is none of tasks.</summary>
    public bool? IsDefaultTaskType { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => CopperEntityNames.CustomActivityType;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}
