using static Copper.Sandbox.Accounts.Attributes;

namespace Copper.Sandbox.Accounts;

internal static partial class EntitySchemas
{
    public static EntitySchema Lead => Contacts.Lead;

    public static EntitySchema Person => Contacts.Person;

    public static EntitySchema Company => Contacts.Company;

    // A class of its own, so that the tables exist before anything asks for them, whatever the order of the files.
    private static class Contacts
    {
        public static readonly EntitySchema Lead = new(
            "lead",
            "leads",
            Id,
            Name,
            Write("prefix", Text),
            Write("first_name", Text),
            Write("last_name", Text),
            Write("middle_name", Text),
            Write("suffix", Text),
            Write("address", PostalAddress),
            Write("assignee_id", ReferenceType.User),
            Write("company_name", Text),
            Write("customer_source_id", ReferenceType.CustomerSource),
            Write("details", Text),
            Write("email", ContactPointType.Email),
            Read("interaction_count", IntegerType.Any),
            Read("monetary_unit", Text),
            Write("monetary_value", Number),
            Derived("converted_unit", Text, (_, schema, record) => schema.Get<string>(record, "monetary_unit")),
            Derived("converted_value", Text, ConvertedValueOf),
            Write("socials", Socials),
            Write("status", Text),
            Write("status_id", ReferenceType.LeadStatus),
            Write("tags", Tags),
            Write("title", Text),
            Write("websites", Websites),
            Write("phone_numbers", PhoneNumbers),
            Write("custom_fields", CustomFields),
            Date("date_created"),
            Date("date_modified"),
            Date("date_last_contacted"),
            Read("converted_opportunity_id", IntegerType.Any),
            Read("converted_contact_id", IntegerType.Any),
            Date("converted_at"))
        {
            EventType = "lead",
            Rules = new LeadRules(),
        };

        // monetary_unit to converted_value are not documented for people; they were seen in records of a real account.
        public static readonly EntitySchema Person = new(
            "person",
            "people",
            Id,
            Name,
            Write("prefix", Text),
            Write("first_name", Text),
            Write("middle_name", Text),
            Write("last_name", Text),
            Write("suffix", Text),
            Write("address", PostalAddress),
            Write("assignee_id", ReferenceType.User),
            WriteOnce("company_id", ReferenceType.Company),
            new("company_name", Text, AttributeAccess.CreateOnly, CompanyNameOf),
            Write("contact_type_id", ReferenceType.ContactType),
            Write("details", Text),
            Write("emails", Emails),
            Write("phone_numbers", PhoneNumbers),
            Write("socials", Socials),
            Write("tags", Tags),
            Write("title", Text),
            Write("websites", Websites),
            Write("custom_fields", CustomFields),
            Date("date_created"),
            Date("date_modified"),
            Date("date_last_contacted"),
            Read("interaction_count", IntegerType.Any),
            Read("leads_converted_from", LeadOrigins),
            Date("date_lead_created"),
            Read("monetary_unit", Text),
            Read("monetary_value", Number),
            Read("converted_unit", Text),
            Read("converted_value", Number))
        {
            EventType = "person",
            Rules = new PersonRules(),
            UniqueAttribute = "emails",
        };

        // email_domains is not documented; it was seen in records of real accounts, always null.
        public static readonly EntitySchema Company = new(
            "company",
            "companies",
            Id,
            Name,
            Write("address", PostalAddress),
            Write("assignee_id", ReferenceType.User),
            Write("contact_type_id", ReferenceType.ContactType),
            Write("details", Text),
            Write("email_domain", Text),
            Read("email_domains", Text),
            Write("phone_numbers", PhoneNumbers),
            Write("primary_contact_id", ReferenceType.Person),
            Write("socials", Socials),
            Write("tags", Tags),
            Write("websites", Websites),
            Write("custom_fields", CustomFields),
            Read("interaction_count", IntegerType.Any),
            Date("date_created"),
            Date("date_modified"),
            Date("date_last_contacted"))
        {
            EventType = "company",
            Rules = new CompanyRules(),
            UniqueAttribute = "email_domain",
        };
    }

    private static string? CompanyNameOf(Account account, EntitySchema schema, Record record) =>
        schema.GetInteger(record, "company_id") is long id && account.Companies.Find(id) is { } company
            ? Company.Get<string>(company, "name")
            : null;
}
