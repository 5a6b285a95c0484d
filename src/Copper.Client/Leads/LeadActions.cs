using System.Globalization;
using System.Text.Json;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Leads;

/// <summary>What can be done with leads beyond what can be done with all records.</summary>
public class LeadActions
{
    private static readonly string[] AffectedByConversion =
    [
        CopperEntityNames.Leads, CopperEntityNames.People, CopperEntityNames.Companies, CopperEntityNames.Opportunities,
    ];

    private readonly RequestPipeline _requests;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected LeadActions()
    {
    }
#pragma warning restore CS8618

    internal LeadActions(RequestPipeline requests) => _requests = requests;

    /// <summary>
    /// Converts a lead into a person, and a company and an opportunity where wanted. The lead is deleted
    /// (developer.copper.com/leads/convert-a-lead).
    /// </summary>
    /// <param name="id">The lead.</param>
    /// <param name="details">
    /// The choices, all optional: person {name, contact_type_id, assignee_id}; company {id}, or {name, exact_match}, or an empty
    /// name for none – without this member the service takes or creates one by itself; opportunity {name, pipeline_id,
    /// pipeline_stage_id, monetary_value, assignee_id}, without which none is created.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="Http.CopperNotFoundException">There is no such lead. It may have been converted before.</exception>
    /// <exception cref="Http.CopperOutcomeUnknownException">Whether the lead was converted is unknown; it was not sent twice.</exception>
    /// <exception cref="Http.CopperValidationException">The service rejects the request, be it with a status of success.</exception>
    /// <remarks>When the service confirms without a body, only <see cref="CopperLeadConversion.LeadId"/> is known.</remarks>
    public virtual async Task<CopperLeadConversion> ConvertAsync(
        long id, JsonBody? details = null, CancellationToken cancellationToken = default)
    {
        var path = string.Format(CultureInfo.InvariantCulture, "leads/{0}/convert", id);
        var request = CopperRequest.Create(path, new JsonBody { ["details"] = details ?? [] }, AffectedByConversion);
        var conversion = await _requests.SendAsync(request, ReadConversion, cancellationToken).ConfigureAwait(false);
        conversion.LeadId = id;
        return conversion;
    }

    /// <summary>Updates the lead that has this e-mail address, or creates one (developer.copper.com/leads/upsert-a-lead).</summary>
    /// <exception cref="Http.CopperValidationException">Several leads have it, or the service rejects the fields.</exception>
    /// <returns>The lead; null when the service confirms without a body.</returns>
    public virtual Task<CopperLead?> UpsertByEmailAsync(string email, JsonBody fields, CancellationToken cancellationToken = default) =>
        UpsertAsync("email", email, fields, cancellationToken);

    /// <summary>
    /// Updates the lead that has this value in a custom field, or creates one
    /// (developer.copper.com/leads/upsert-a-lead-by-custom-field).
    /// </summary>
    /// <exception cref="Http.CopperValidationException">
    /// Several leads have it, the field is not available on leads or not filterable, or the service rejects the fields.
    /// </exception>
    /// <returns>The lead; null when the service confirms without a body.</returns>
    public virtual Task<CopperLead?> UpsertByCustomFieldAsync(
        long definitionId, object value, JsonBody fields, CancellationToken cancellationToken = default) =>
        UpsertAsync("custom", new JsonBody { ["custom_field_definition_id"] = definitionId, ["value"] = value }, fields, cancellationToken);

    /// <summary>
    /// Reads what a lead was converted to: records, or ids, under the same names or with _id. A response that names no record and has
    /// other content does not confirm a conversion: it may be the reason why there was none.
    /// </summary>
    private CopperLeadConversion ReadConversion(ServiceResponse response)
    {
        var conversion = _requests.Records.ReadOptional<CopperLeadConversion>(response) ?? new CopperLeadConversion();
        conversion.PersonId ??= TakeId(conversion, CopperEntityNames.Person);
        conversion.CompanyId ??= TakeId(conversion, CopperEntityNames.Company);
        conversion.OpportunityId ??= TakeId(conversion, CopperEntityNames.Opportunity);
        return conversion.PersonId is null && conversion.CompanyId is null && conversion.OpportunityId is null
            && conversion.AdditionalMembers is { Count: > 0 }
            ? throw new JsonException("it names no record that came of the lead.")
            : conversion;
    }

    /// <summary>An id that stands in place of the record.</summary>
    private static long? TakeId(CopperLeadConversion conversion, string name)
    {
        if (conversion.AdditionalMembers is not { } members || !members.TryGetValue(name, out var value))
        {
            return null;
        }

        var id = value switch
        {
            long number => number,
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => 0,
        };
        if (id <= 0)
        {
            return null;
        }

        members.Remove(name);
        conversion.AdditionalMembers = members.Count == 0 ? null : members;
        return id;
    }

    private Task<CopperLead?> UpsertAsync(string fieldName, object fieldValue, JsonBody fields, CancellationToken cancellationToken)
    {
        var body = new JsonBody
        {
            ["properties"] = fields,
            ["match"] = new JsonBody { ["field_name"] = fieldName, ["field_value"] = fieldValue },
        };
        return _requests.SendAsync(
            CopperRequest.Update(CopperEntityNames.Leads + "/upsert", body, [CopperEntityNames.Leads]),
            _requests.Records.ReadOptional<CopperLead>,
            cancellationToken);
    }
}
