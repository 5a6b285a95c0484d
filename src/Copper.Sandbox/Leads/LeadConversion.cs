using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Leads;

/// <summary>The records a lead became.</summary>
internal sealed record ConvertedLead(Record Person, Record? Company, Record? Opportunity);

/// <summary>Turns a lead into a person, a company and an opportunity.</summary>
internal sealed class LeadConversion(Account account, RecordEditor editor)
{
    private static readonly string[] CopiedToPerson =
        ["address", "assignee_id", "details", "phone_numbers", "socials", "tags", "title", "websites"];

    public ConvertedLead Convert(Record lead, LeadConversionDetails details)
    {
        // Everything that can be rejected is checked before anything is created.
        var person = NewPerson(lead, details);
        var opportunity = NewOpportunity(lead, details);
        var company = details.Company ?? FindOrMakeCompany(lead, details);
        var personRecord = SavePerson(lead, person, company);
        var opportunityRecord = opportunity is null ? null : SaveOpportunity(opportunity, personRecord, company);
        Retire(lead, personRecord, opportunityRecord, person.Now);
        return new ConvertedLead(personRecord, company, opportunityRecord);
    }

    /// <summary>A person with the same e-mail address is taken instead of creating another: the vendor's example shows an older
    /// person.</summary>
    private RecordDraft NewPerson(Record lead, LeadConversionDetails details)
    {
        var email = EntitySchemas.Lead.Get<ContactPoint>(lead, "email");
        var existing = email is null ? null : account.People.FindByUniqueKey(email.Value);
        var person = editor.NewDraft(EntitySchemas.Person, existing);
        if (existing is null)
        {
            person["name"] = EntitySchemas.Lead.Get<string>(lead, "name");
            person["emails"] = email is null ? Array.Empty<ContactPoint>() : new[] { email };
            person["custom_fields"] = SharedCustomFields(lead, "person");
            person["date_lead_created"] = Value(lead, "date_created");
            foreach (string attribute in CopiedToPerson)
            {
                person[attribute] = Value(lead, attribute);
            }
        }

        var origins = (LeadOrigin[])person["leads_converted_from"]!;
        person["leads_converted_from"] = origins.Concat([new LeadOrigin(lead.Id, person.Now)]).ToArray();
        Apply(person, details.Person);
        return person;
    }

    private RecordDraft? NewOpportunity(Record lead, LeadConversionDetails details)
    {
        if (details.Opportunity is null)
        {
            return null;
        }

        var opportunity = editor.NewDraft(EntitySchemas.Opportunity);
        foreach (string attribute in new[] { "assignee_id", "customer_source_id", "monetary_value", "tags" })
        {
            opportunity[attribute] = Value(lead, attribute);
        }

        opportunity["custom_fields"] = SharedCustomFields(lead, "opportunity");
        opportunity["date_lead_created"] = Value(lead, "date_created");
        opportunity["leads_converted_from"] = new[] { new LeadOrigin(lead.Id, opportunity.Now) };
        Apply(opportunity, details.Opportunity);
        return opportunity;
    }

    private static void Apply(RecordDraft draft, JsonElement? attributes)
    {
        if (attributes is { } sent)
        {
            draft.Read(sent);
        }

        draft.Check();
        draft.Errors.ThrowIfAny();
    }

    /// <summary>
    /// Without a name the company of the lead is taken, or else one named after the domain of its e-mail address, as in
    /// the vendor's example. An empty name means no company.
    /// </summary>
    private Record? FindOrMakeCompany(Record lead, LeadConversionDetails details)
    {
        string? name = details.CompanyName
            ?? EntitySchemas.Lead.Get<string>(lead, "company_name")
            ?? (EntitySchemas.Lead.Get<ContactPoint>(lead, "email") is { } email ? EmailAddress.Domain(email.Value) : null);
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        if (CompanyRules.FindByName(account, name!) is { } same)
        {
            return same;
        }

        if (!details.ExactMatch && CompanyRules.FindBySimilarName(account, name!) is { } similar)
        {
            return similar;
        }

        var company = editor.NewDraft(EntitySchemas.Company);
        company["name"] = name;
        return editor.Commit(company);
    }

    private Record SavePerson(Record lead, RecordDraft person, Record? company)
    {
        if (person.IsNew || person["company_id"] is null)
        {
            person["company_id"] = company is null ? null : Boxed.Integer(company.Id);
        }

        person["assignee_id"] ??= Value(lead, "assignee_id");
        return editor.Commit(person);
    }

    private Record SaveOpportunity(RecordDraft opportunity, Record person, Record? company)
    {
        opportunity["primary_contact_id"] = Boxed.Integer(person.Id);
        opportunity["company_id"] = company is null ? null : Boxed.Integer(company.Id);
        var record = editor.Commit(opportunity);

        // Seen in the vendor's example: no priority after a conversion, not even "None".
        record.Values[EntitySchemas.Opportunity.IndexOf("priority")] = null;
        return record;
    }

    /// <summary>Takes the lead away; its activities and tasks go to the person.</summary>
    private void Retire(Record lead, Record person, Record? opportunity, long now)
    {
        var reference = new ResourceReference("lead", lead.Id);
        account.MoveBelongings(reference, new ResourceReference("person", person.Id));
        editor.Delete(EntitySchemas.Lead, lead);
        lead.Values[EntitySchemas.Lead.IndexOf("converted_contact_id")] = Boxed.Integer(person.Id);
        lead.Values[EntitySchemas.Lead.IndexOf("converted_opportunity_id")] = opportunity is null ? null : Boxed.Integer(opportunity.Id);
        lead.Values[EntitySchemas.Lead.IndexOf("converted_at")] = Boxed.Integer(now);
        lead.Rendered = null;
        account.ConvertedLeads.Add(lead);
    }

    private CustomFieldValues SharedCustomFields(Record lead, string entityType)
    {
        var values = EntitySchemas.Lead.Get<CustomFieldValues>(lead, "custom_fields")!;
        var shared = CustomFieldValues.None;
        foreach (var field in account.CustomFieldsOf(entityType))
        {
            if (values.Find(field.Id) is { } value)
            {
                shared = shared.With(field.Id, value);
            }
        }

        return shared;
    }

    private static object? Value(Record lead, string attribute) => lead.Values[EntitySchemas.Lead.IndexOf(attribute)];
}
