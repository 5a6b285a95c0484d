using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Search;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Leads;

/// <summary>The match criterion of an upsert: an e-mail address, a name, or the value of a custom field.</summary>
/// <remarks>Source: developer.copper.com/leads/upsert-a-lead and upsert-a-lead-by-custom-field.</remarks>
internal sealed class LeadMatch
{
    private const int MostIdsShown = 30;

    private readonly RecordTest _test;

    private LeadMatch(RecordTest test) => _test = test;

    public static LeadMatch Parse(JsonElement json, Account account)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Count() != 2
            || !json.TryGetProperty("field_name", out var name) || name.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("field_value", out var value))
        {
            throw ApiException.Invalid("match", "must be an object of field_name and field_value");
        }

        return name.GetString() switch
        {
            "email" => ByText(value, record => EntitySchemas.Lead.Get<ContactPoint>(record, "email")?.Value),
            "name" => ByText(value, record => EntitySchemas.Lead.Get<string>(record, "name")),
            "custom" => ByCustomField(value, account),
            _ => throw ApiException.Invalid("match", "field_name must be one of email, name, custom"),
        };
    }

    public Record[] FindIn(RecordTable leads) => [.. leads.All.Where(lead => _test(lead)).OrderBy(lead => lead.Id)];

    /// <summary>The error for several matches: with their ids if they are not too many. The form of the body is not documented.</summary>
    public static ApiException Ambiguous(Record[] matches) => ApiException.Invalid(
        "match",
        matches.Length > MostIdsShown
            ? "too many leads match"
            : "several leads match: " + string.Join(", ", matches.Select(lead => lead.Id)));

    private static LeadMatch ByText(JsonElement value, Func<Record, string?> read)
    {
        string text = value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()!
            : throw ApiException.Invalid("match", "field_value must be a string");
        return new LeadMatch(lead => string.Equals(read(lead), text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The field has to be available on leads and filterable; values are compared as they are kept.</summary>
    private static LeadMatch ByCustomField(JsonElement value, Account account)
    {
        var errors = new ValidationErrors();
        var reading = new AttributeReading(account, "lead", "match", CustomFieldValues.None, errors);
        var item = CustomFieldsType.ReadSingle(value, reading);
        errors.ThrowIfAny();
        long id = item.DefinitionIds.SingleOrDefault();
        if (account.FindCustomField(id) is not { IsFilterable: true } field)
        {
            throw ApiException.Invalid("match", "needs the value of a filterable custom field");
        }

        object wanted = item.Find(id)!;
        return new LeadMatch(lead =>
            EntitySchemas.Lead.Get<CustomFieldValues>(lead, "custom_fields")!.Find(field.Id) is { } found && AreEqual(found, wanted));
    }

    private static bool AreEqual(object found, object wanted) => (found, wanted) switch
    {
        (string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase),
        (long[] left, long[] right) => left.OrderBy(id => id).SequenceEqual(right.OrderBy(id => id)),
        _ => found.Equals(wanted),
    };
}
