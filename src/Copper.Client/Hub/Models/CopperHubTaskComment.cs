using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Hub.Json;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Hub.Models;

/// <summary>A comment on a task: what was done, and how long it took (action read_taskcomment). Any member may be missing.</summary>
public sealed class CopperHubTaskComment : CopperRecord, ICopperRecord
{
    /// <summary>The comment's id.</summary>
    [JsonPropertyName("ID")]
    [JsonConverter(typeof(HubIdConverter))]
    public long Id { get; set; }

    /// <summary>The id of the task.</summary>
    [JsonPropertyName("TaskID")]
    public long? TaskId { get; set; }

    /// <summary>The id of the project.</summary>
    [JsonPropertyName("ProjectID")]
    public long? ProjectId { get; set; }

    /// <summary>The text. The service takes it as <c>Body</c> and gives it back as <c>Description</c>.</summary>
    [JsonPropertyName("Description")]
    public string? Body { get; set; }

    /// <summary>The hours worked.</summary>
    public decimal? HoursWorked { get; set; }

    /// <summary>How much of the task was done then, 0 to 100.</summary>
    public decimal? PercentComplete { get; set; }

    /// <summary>The id of the user who wrote it.</summary>
    [JsonPropertyName("UserID")]
    public long? UserId { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => "hub task comment";

    /// <summary>The text.</summary>
    public override string ToString() => Body ?? "hub task comment " + Id.ToString(CultureInfo.InvariantCulture);
}
