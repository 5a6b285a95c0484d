using System.Globalization;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Leads;

/// <summary>What can be done with leads beyond what can be done with all records.</summary>
public sealed class LeadActions
{
    private readonly CopperClient _client;

    internal LeadActions(CopperClient client) => _client = client;

    /// <summary>Makes a person, and a company and an opportunity where wanted, of a lead, which is gone afterwards (developer.copper.com/leads/convert-a-lead).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="details">
    /// The choices, all optional: person {name, contact_type_id, assignee_id}; company {id}, or {name, exact_match}, or an empty
    /// name for none – without this member the service takes or makes one by itself; opportunity {name, pipeline_id,
    /// pipeline_stage_id, monetary_value, assignee_id}, without which none is made.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Http.CopperNotFoundException">There is no such lead. It may have been converted before.</exception>
    /// <exception cref="Http.CopperOutcomeUnknownException">Whether the lead was converted is unknown; it was not tried twice.</exception>
    /// <exception cref="Http.CopperValidationException">The service refuses, be it with a status of success.</exception>
    /// <remarks>When the service confirms without a body, only <see cref="CopperLeadConversion.LeadId"/> is known.</remarks>
    public async Task<CopperLeadConversion> ConvertAsync(long id, JsonBody? details = null, CancellationToken cancellationToken = default)
    {
        var path = string.Format(CultureInfo.InvariantCulture, "leads/{0}/convert", id);
        var request = new CopperRequest(HttpMethod.Post, path, new JsonBody { ["details"] = details ?? [] });
        var conversion = await _client.SendLenientlyAsync(request, CopperJsonContext.Default.CopperLeadConversion, Problem, cancellationToken).ConfigureAwait(false)
            ?? new CopperLeadConversion();
        conversion.LeadId = id;
        return conversion;
    }

    /// <summary>Changes the lead that has this e-mail address, or makes one (developer.copper.com/leads/upsert-a-lead).</summary>
    /// <exception cref="Http.CopperValidationException">Several leads have it, or the service refuses the fields.</exception>
    /// <returns>The lead; null when the service confirms without a body.</returns>
    public Task<CopperLead?> UpsertByEmailAsync(string email, JsonBody fields, CancellationToken cancellationToken = default) =>
        UpsertAsync("email", email, fields, cancellationToken);

    /// <summary>Changes the lead that has this value in a custom field, or makes one (developer.copper.com/leads/upsert-a-lead-by-custom-field).</summary>
    /// <exception cref="Http.CopperValidationException">Several leads have it, the field is not available on leads or not filterable, or the service refuses the fields.</exception>
    /// <returns>The lead; null when the service confirms without a body.</returns>
    public Task<CopperLead?> UpsertByCustomFieldAsync(long definitionId, object value, JsonBody fields, CancellationToken cancellationToken = default) =>
        UpsertAsync("custom", new JsonBody { ["custom_field_definition_id"] = definitionId, ["value"] = value }, fields, cancellationToken);

    /// <summary>
    /// An answer that names no record and says something else does not confirm a conversion: it may be the reason why there was none.
    /// </summary>
    private static string? Problem(CopperLeadConversion conversion) =>
        conversion.PersonId is null && conversion.CompanyId is null && conversion.OpportunityId is null && conversion.AdditionalMembers is { Count: > 0 }
            ? "it names no record that came of the lead."
            : null;

    private Task<CopperLead?> UpsertAsync(string fieldName, object fieldValue, JsonBody fields, CancellationToken cancellationToken)
    {
        var body = new JsonBody
        {
            ["properties"] = fields,
            ["match"] = new JsonBody { ["field_name"] = fieldName, ["field_value"] = fieldValue },
        };
        return _client.SendLenientlyAsync(new CopperRequest(HttpMethod.Put, "leads/upsert", body), CopperJsonContext.Default.CopperLead, cancellationToken);
    }
}
