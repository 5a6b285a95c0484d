using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// What became of a lead (developer.copper.com/leads/convert-a-lead). The service responds with the records, or, as one of its
/// descriptions has it, with their ids only: then the records are null and the ids are there.
/// </summary>
public sealed class CopperLeadConversion
{
    private long? _personId;
    private long? _companyId;
    private long? _opportunityId;

    /// <summary>The id that the lead had. There is no lead with this id any more.</summary>
    [JsonIgnore]
    public long LeadId { get; internal set; }

    /// <summary>The id of the person; null when the service did not state it.</summary>
    public long? PersonId
    {
        get => Person?.Id ?? _personId;
        set => _personId = value;
    }

    /// <summary>The id of the company; null when there is none.</summary>
    public long? CompanyId
    {
        get => Company?.Id ?? _companyId;
        set => _companyId = value;
    }

    /// <summary>The id of the opportunity; null when none was created.</summary>
    public long? OpportunityId
    {
        get => Opportunity?.Id ?? _opportunityId;
        set => _opportunityId = value;
    }

    /// <summary>The person: a new one, or one that had the lead's e-mail address already.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperPerson>))]
    public CopperPerson? Person { get; set; }

    /// <summary>The company: a new one, or one that was there; null when there is none.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperCompany>))]
    public CopperCompany? Company { get; set; }

    /// <summary>The opportunity; null when none was created.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperOpportunity>))]
    public CopperOpportunity? Opportunity { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The lead and what it became.</summary>
    public override string ToString()
    {
        (string Name, long? Id)[] records =
        [
            (CopperEntityNames.Person, PersonId), (CopperEntityNames.Company, CompanyId), (CopperEntityNames.Opportunity, OpportunityId),
        ];
        var created = records
            .Where(static record => record.Id is not null)
            .Select(static record => string.Format(CultureInfo.InvariantCulture, "{0} {1}", record.Name, record.Id));
        return string.Format(CultureInfo.InvariantCulture, "{0} {1} -> {2}", CopperEntityNames.Lead, LeadId, string.Join(", ", created));
    }
}
