using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A contact type of people and companies (developer.copper.com/people/list-contact-types).</summary>
public sealed class CopperContactType : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => CopperEntityNames.ContactType;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}

/// <summary>A source of leads and opportunities (developer.copper.com/opportunities/list-customer-sources).</summary>
public sealed class CopperCustomerSource : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => CopperEntityNames.CustomerSource;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}

/// <summary>A reason why an opportunity was lost (developer.copper.com/opportunities/list-loss-reasons).</summary>
public sealed class CopperLossReason : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => CopperEntityNames.LossReason;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}

/// <summary>A status that a lead can have; each account has its own (developer.copper.com/leads/list-lead-statuses).</summary>
public sealed class CopperLeadStatus : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Its place among the statuses, from 1.</summary>
    public long? Order { get; set; }

    /// <summary>New leads get this status when none is given.</summary>
    public bool? IsDefault { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => CopperEntityNames.LeadStatus;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}
