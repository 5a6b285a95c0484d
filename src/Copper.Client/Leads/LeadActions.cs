using System.Globalization;
using System.Text.Json;
using Copper.Client.CustomFields;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What can be done with leads beyond what can be done with all records.</summary>
public class LeadActions
{
    private static readonly string[] AffectedByConversion =
    [
        CopperEntityNames.Leads, CopperEntityNames.People, CopperEntityNames.Companies, CopperEntityNames.Opportunities,
    ];

    private const string EmailMember = "email";
    private const string CustomMatch = "custom";
    private const string CustomFieldsMember = "custom_fields";
    private readonly RequestPipeline _requests;
    private readonly Func<IAccountNames> _newNames;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected LeadActions()
    {
    }
#pragma warning restore CS8618

    /// <param name="requests">Sends the requests.</param>
    /// <param name="newNames">Completes typed fields; called for each write.</param>
    internal LeadActions(RequestPipeline requests, Func<IAccountNames> newNames) => (_requests, _newNames) = (requests, newNames);

    /// <summary>
    /// Converts a lead into a person, and a company and an opportunity where wanted. The lead is deleted
    /// (developer.copper.com/leads/convert-a-lead).
    /// </summary>
    /// <param name="id">The lead.</param>
    /// <param name="conversion">
    /// What it is converted to. Null: a person, with the company that the service finds or creates, and no opportunity.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ArgumentException">
    /// Two choices contradict each other; or, as an <see cref="Metadata.InputRejectedException"/>, a name is unknown or ambiguous. Nothing
    /// was sent but the reading of lists.
    /// </exception>
    /// <exception cref="CopperNotFoundException">There is no such lead. It may have been converted before.</exception>
    /// <exception cref="CopperOutcomeUnknownException">Whether the lead was converted is unknown; it was not sent twice.</exception>
    /// <exception cref="CopperValidationException">The service rejects the request, be it with a status of success.</exception>
    /// <remarks>When the service confirms without a body, only <see cref="CopperLeadConversion.LeadId"/> is known.</remarks>
    public virtual async Task<CopperLeadConversion> ConvertAsync(
        long id, LeadConversion? conversion = null, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var details = conversion is ICompletable given
            ? await given.CompleteAsync(_newNames(), cancellationToken).ConfigureAwait(false)
            : [];
        var path = string.Format(CultureInfo.InvariantCulture, "leads/{0}/convert", id);
        var request = CopperRequest.Create(path, new JsonBody { ["details"] = details }, AffectedByConversion);
        var converted = await _requests.SendAsync(request, ReadConversion, cancellationToken).ConfigureAwait(false);
        converted.LeadId = id;
        await _newNames().LoadNamesAsync([converted.Person, converted.Company, converted.Opportunity], cancellationToken)
            .ConfigureAwait(false);
        return converted;
    }

    /// <summary>
    /// Updates the lead that has this e-mail address, or creates one (developer.copper.com/leads/upsert-a-lead). A new one gets the address
    /// also when the fields have none.
    /// </summary>
    /// <param name="email">The address.</param>
    /// <param name="fields">
    /// A <see cref="LeadCreate"/> where a lead may have to be created, a <see cref="LeadUpdate"/> where it is there.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ArgumentException">As for creating a lead; nothing was sent but the reading of lists.</exception>
    /// <exception cref="CopperValidationException">Several leads have it, or the service rejects the fields.</exception>
    /// <returns>The lead; null when the service confirms without a body.</returns>
    public virtual async Task<CopperLead?> UpsertByEmailAsync(
        string email, LeadFields fields, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var body = await CompleteAsync(fields, cancellationToken).ConfigureAwait(false);
        if (!body.Contains(EmailMember))
        {
            body[EmailMember] = new CopperEmail { Email = email, Category = "work" };
        }

        return await UpsertAsync(EmailMember, email, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Updates the lead that has this value in a custom field, or creates one
    /// (developer.copper.com/leads/upsert-a-lead-by-custom-field). A new one gets the value also when the fields have none.
    /// </summary>
    /// <param name="field">The name of the custom field, its key, or its id as text.</param>
    /// <param name="value">The value, as people write it.</param>
    /// <param name="fields">
    /// A <see cref="LeadCreate"/> where a lead may have to be created, a <see cref="LeadUpdate"/> where it is there.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ArgumentException">As for creating a lead; nothing was sent but the reading of lists.</exception>
    /// <exception cref="CopperValidationException">
    /// Several leads have it, the field is not filterable, or the service rejects the fields.
    /// </exception>
    /// <returns>The lead; null when the service confirms without a body.</returns>
    public virtual async Task<CopperLead?> UpsertByCustomFieldAsync(
        string field, object value, LeadFields fields, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        _ = value ?? throw new ArgumentNullException(nameof(value));
        var body = await CompleteAsync(fields, cancellationToken).ConfigureAwait(false);
        var match = (JsonBody)(await _newNames()
            .GetFieldsAsync(CopperEntityNames.Lead, new Dictionary<string, object?> { [field] = value }, cancellationToken)
            .ConfigureAwait(false))[0];
        var present = FindCustomField(body, match[CustomFieldResolver.IdMember]);
        if (present?["value"] is null)
        {
            body[CustomFieldsMember] = CustomFieldsOf(body).Where(item => item != present).Append(match).ToArray();
        }

        return await UpsertAsync(CustomMatch, match, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Updates the lead that has the same value in a custom field as the fields, or creates one
    /// (developer.copper.com/leads/upsert-a-lead-by-custom-field).
    /// </summary>
    /// <param name="field">The name of the custom field, its key, or its id as text.</param>
    /// <param name="fields">
    /// Has the value, be it among the custom fields by name or in <see cref="FieldSet.Fields"/>. A <see cref="LeadCreate"/> where a lead
    /// may have to be created, a <see cref="LeadUpdate"/> where it is there.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ArgumentException">
    /// The fields have no value for the custom field; or as for creating a lead. Nothing was sent but the reading of lists.
    /// </exception>
    /// <exception cref="CopperValidationException">
    /// Several leads have it, the field is not filterable, or the service rejects the fields.
    /// </exception>
    /// <returns>The lead; null when the service confirms without a body.</returns>
    public virtual async Task<CopperLead?> UpsertByCustomFieldAsync(
        string field, LeadFields fields, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var body = await CompleteAsync(fields, cancellationToken).ConfigureAwait(false);
        var named = (JsonBody)(await _newNames()
            .GetFieldsAsync(CopperEntityNames.Lead, new Dictionary<string, object?> { [field] = null }, cancellationToken)
            .ConfigureAwait(false))[0];
        return FindCustomField(body, named[CustomFieldResolver.IdMember]) is { } match && match["value"] is not (null or "")
            ? await UpsertAsync(CustomMatch, match, body, cancellationToken).ConfigureAwait(false)
            : throw new ArgumentException(
                $"The fields have no value for the custom field '{field}', by which the lead is found.", nameof(fields));
    }

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

    private static IEnumerable<object> CustomFieldsOf(JsonBody fields) =>
        fields.Contains(CustomFieldsMember) && fields[CustomFieldsMember] is IEnumerable<object> items ? items : [];

    private static JsonBody? FindCustomField(JsonBody fields, object? definitionId) => CustomFieldsOf(fields).OfType<JsonBody>()
        .FirstOrDefault(item => Equals(item[CustomFieldResolver.IdMember], definitionId));

    private Task<JsonBody> CompleteAsync(LeadFields fields, CancellationToken cancellationToken) =>
        ((ICompletable)(fields ?? throw new ArgumentNullException(nameof(fields)))).CompleteAsync(_newNames(), cancellationToken);

    private async Task<CopperLead?> UpsertAsync(string fieldName, object fieldValue, JsonBody fields, CancellationToken cancellationToken)
    {
        var body = new JsonBody
        {
            ["properties"] = fields,
            ["match"] = new JsonBody { ["field_name"] = fieldName, ["field_value"] = fieldValue },
        };
        var lead = await _requests.SendAsync(
            CopperRequest.Update(CopperEntityNames.Leads + "/upsert", body, [CopperEntityNames.Leads]),
            _requests.Records.ReadOptional<CopperLead>,
            cancellationToken).ConfigureAwait(false);
        await _newNames().LoadNamesAsync([lead], cancellationToken).ConfigureAwait(false);
        return lead;
    }
}
