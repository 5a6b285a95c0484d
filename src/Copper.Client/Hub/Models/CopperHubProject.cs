using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Hub.Json;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Hub.Models;

/// <summary>
/// A project of the CopperHub (actions read_project and get_projects). The list names only id, name and description; any member
/// may be missing.
/// </summary>
public sealed class CopperHubProject : CopperRecord, ICopperRecord
{
    /// <summary>The project's id.</summary>
    [JsonPropertyName("ID")]
    [JsonConverter(typeof(HubIdConverter))]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Free text.</summary>
    public string? Description { get; set; }

    /// <summary>The id of the organisation that the project is for.</summary>
    [JsonPropertyName("ClientID")]
    public long? OrganisationId { get; set; }

    /// <summary>The id of the user who owns it.</summary>
    [JsonPropertyName("Owner")]
    public long? OwnerId { get; set; }

    /// <summary>The first day; a calendar date.</summary>
    public DateTime? StartDate { get; set; }

    /// <summary>The last day; a calendar date.</summary>
    public DateTime? EndDate { get; set; }

    /// <summary>The status, 0 to 5. What the numbers mean is not documented.</summary>
    public long? Status { get; set; }

    /// <summary>How much is done, 0 to 100.</summary>
    public decimal? PercentComplete { get; set; }

    /// <summary>The colour, as #rrggbb.</summary>
    public string? Colour { get; set; }

    /// <summary>The project is worked on.</summary>
    public bool? Active { get; set; }

    /// <summary>Where the project is shown in the CopperHub.</summary>
    [JsonPropertyName("url")]
    public Uri? Page { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => "hub project";

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "hub project " + Id.ToString(CultureInfo.InvariantCulture);
}
