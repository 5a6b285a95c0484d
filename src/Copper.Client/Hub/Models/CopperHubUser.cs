using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Hub.Json;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Hub.Models;

/// <summary>
/// The user whom a session of the CopperHub belongs to (actions login and check_session). There is no action that reads users.
/// </summary>
public sealed class CopperHubUser : CopperRecord, ICopperRecord
{
    /// <summary>The user's id.</summary>
    [JsonPropertyName("ID")]
    [JsonConverter(typeof(HubIdConverter))]
    public long Id { get; set; }

    /// <summary>The name to log in with.</summary>
    [JsonPropertyName("Username")]
    public string? UserName { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => "hub user";

    /// <summary>The name.</summary>
    public override string ToString() => UserName ?? "hub user " + Id.ToString(CultureInfo.InvariantCulture);
}
