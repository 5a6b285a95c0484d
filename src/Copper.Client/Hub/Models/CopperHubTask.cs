using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Hub.Json;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Hub.Models;

/// <summary>
/// A task of a CopperHub project (actions read_task and get_project_tasks). The list names id, subject and hours; reading
/// one is documented without its name. Any member may be missing.
/// </summary>
public sealed class CopperHubTask : CopperRecord, ICopperRecord
{
    /// <summary>The task's id.</summary>
    [JsonPropertyName("ID")]
    [JsonConverter(typeof(HubIdConverter))]
    public long Id { get; set; }

    /// <summary>The name; <c>Subject</c> in lists.</summary>
    public string? Name { get; set; }

    /// <summary>The id of the project that it belongs to.</summary>
    [JsonPropertyName("ProjectID")]
    public long? ProjectId { get; set; }

    /// <summary>Free text.</summary>
    public string? Description { get; set; }

    /// <summary>The id of the user who owns it.</summary>
    [JsonPropertyName("Owner")]
    public long? OwnerId { get; set; }

    /// <summary>The first day; a calendar date.</summary>
    public DateTime? StartDate { get; set; }

    /// <summary>The last day; a calendar date.</summary>
    public DateTime? EndDate { get; set; }

    /// <summary>The estimated working hours.</summary>
    public decimal? Duration { get; set; }

    /// <summary>The hours worked so far.</summary>
    public decimal? HoursWorked { get; set; }

    /// <summary>How much is done, 0 to 100.</summary>
    public decimal? PercentComplete { get; set; }

    /// <summary>The budget.</summary>
    public decimal? TargetBudget { get; set; }

    /// <summary>The task is marked.</summary>
    public bool? Highlighted { get; set; }

    /// <summary>Where the task is shown in the CopperHub.</summary>
    [JsonPropertyName("url")]
    public Uri? Page { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => "hub task";

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "hub task " + Id.ToString(CultureInfo.InvariantCulture);
}
