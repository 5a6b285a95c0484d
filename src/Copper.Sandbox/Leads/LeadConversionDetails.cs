using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Leads;

/// <summary>What a conversion is told about the records to create. All parts are optional.</summary>
/// <remarks>Source: developer.copper.com/leads/convert-a-lead.</remarks>
internal sealed class LeadConversionDetails
{
    private static readonly Dictionary<string, string[]> Members = new()
    {
        ["person"] = ["name", "contact_type_id", "assignee_id"],
        ["company"] = ["id", "name", "exact_match"],
        ["opportunity"] = ["name", "pipeline_id", "pipeline_stage_id", "monetary_value", "assignee_id"],
    };

    /// <summary>Attributes of the person besides those of the lead.</summary>
    public JsonElement? Person { get; private set; }

    /// <summary>Attributes of the opportunity; null for no opportunity.</summary>
    public JsonElement? Opportunity { get; private set; }

    /// <summary>The company to link; null if it is to be found by name.</summary>
    public Record? Company { get; private set; }

    /// <summary>Name of the company; empty for none; null to take it from the lead.</summary>
    public string? CompanyName { get; private set; }

    /// <summary>Whether the name has to be the same rather than similar.</summary>
    public bool ExactMatch { get; private set; }

    public static LeadConversionDetails Parse(JsonElement body, Account account)
    {
        var details = new LeadConversionDetails();
        if (!body.TryGetProperty("details", out var json) || json.ValueKind == JsonValueKind.Null)
        {
            return details;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.Invalid("details", "must be an object");
        }

        CheckMembers(json);
        details.Person = Part(json, "person");
        details.Opportunity = Part(json, "opportunity");
        if (Part(json, "company") is { } company)
        {
            details.ReadCompany(company, account);
        }

        return details;
    }

    private static JsonElement? Part(JsonElement json, string name) =>
        json.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static void CheckMembers(JsonElement json)
    {
        var errors = new ValidationErrors();
        foreach (var part in json.EnumerateObject())
        {
            if (!Members.TryGetValue(part.Name, out string[]? members))
            {
                errors.AddUnrecognized([part.Name]);
            }
            else if (part.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            {
                errors.Add(part.Name, "must be an object");
            }
            else if (part.Value.ValueKind == JsonValueKind.Object)
            {
                errors.AddUnrecognized([.. part.Value.EnumerateObject().Select(member => member.Name)
                    .Where(name => !members.Contains(name))]);
            }
        }

        errors.ThrowIfAny();
    }

    private void ReadCompany(JsonElement json, Account account)
    {
        bool hasId = json.TryGetProperty("id", out var id);
        bool hasName = json.TryGetProperty("name", out var name);
        if (hasId && hasName)
        {
            throw ApiException.Invalid("company", "takes either id or name");
        }

        if (hasId)
        {
            Company = JsonValues.TryGetInteger(id, out long number) && account.Companies.Find(number) is { } company
                ? company
                : throw ApiException.Invalid("company", $"no company with id {id}");
        }

        if (hasName)
        {
            CompanyName = name.ValueKind == JsonValueKind.String ? name.GetString()
                : throw ApiException.Invalid("company", "name must be a string");
        }

        if (json.TryGetProperty("exact_match", out var exact))
        {
            ExactMatch = JsonValues.TryGetFlag(exact, out bool isExact)
                ? isExact
                : throw ApiException.Invalid("company", "exact_match must be true or false");
        }
    }
}
