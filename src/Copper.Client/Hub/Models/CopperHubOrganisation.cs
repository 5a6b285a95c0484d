using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Hub.Json;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Hub.Models;

/// <summary>
/// An organisation of the CopperHub (actions read_organisation and get_organisations). The lists name only id, name and state;
/// any member may be missing.
/// </summary>
public sealed class CopperHubOrganisation : CopperRecord, ICopperRecord
{
    /// <summary>The organisation's id.</summary>
    [JsonPropertyName("ID")]
    [JsonConverter(typeof(HubIdConverter))]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The id of the user who manages it: the one who created it.</summary>
    [JsonPropertyName("Manager")]
    public long? ManagerId { get; set; }

    /// <summary>The colour, as #rrggbb.</summary>
    public string? Colour { get; set; }

    /// <summary>The phone number.</summary>
    public string? Phone1 { get; set; }

    /// <summary>The name on Skype.</summary>
    public string? IM1 { get; set; }

    /// <summary>The name on Twitter.</summary>
    public string? IM2 { get; set; }

    /// <summary>The fax number.</summary>
    [JsonPropertyName("FAX")]
    public string? Fax { get; set; }

    /// <summary>The first line of the address.</summary>
    public string? Address1 { get; set; }

    /// <summary>The second line of the address.</summary>
    public string? Address2 { get; set; }

    /// <summary>The city.</summary>
    public string? City { get; set; }

    /// <summary>The state.</summary>
    public string? State { get; set; }

    /// <summary>The country.</summary>
    public string? Country { get; set; }

    /// <summary>The postal code.</summary>
    public string? Postcode { get; set; }

    /// <summary>The organisation's web site (<c>URL</c> on the wire).</summary>
    [JsonPropertyName("URL")]
    public string? Url { get; set; }

    /// <summary>The e-mail address.</summary>
    public string? ContactEmail { get; set; }

    /// <summary>Where the organisation is shown in the CopperHub (<c>url</c> on the wire).</summary>
    [JsonPropertyName("url")]
    public Uri? Page { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => "hub organisation";

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "hub organisation " + Id.ToString(CultureInfo.InvariantCulture);
}
