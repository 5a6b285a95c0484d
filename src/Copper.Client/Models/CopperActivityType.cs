using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A type of activities (developer.copper.com/activities/list-activity-types).</summary>
public sealed class CopperActivityType : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The category of what people write down.</summary>
    public const string UserCategory = CopperEntityNames.User;

    /// <summary>The id, unique only within its <see cref="Category"/>: user 1 and system 1 are different types. A note is user 0.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>user for what people write down, system for what Copper notes by itself; only the former can be written.</summary>
    public string? Category { get; set; }

    /// <summary>The type is switched off: it may be searched for, not used for new activities.</summary>
    public bool? IsDisabled { get; set; }

    /// <summary>An activity of this type counts as an interaction.</summary>
    public bool? CountAsInteraction { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    private protected override string? Scope => Category;

    private protected override bool IsIdentified => true;

    string ICopperRecord.GetEntityType() => CopperEntityNames.ActivityType;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}
