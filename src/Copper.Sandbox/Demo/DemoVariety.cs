using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

/// <summary>
/// Gives some records the oddities of those of real accounts: empty and missing values wherever published responses have them,
/// duplicates, people without an e-mail address or a last name, and values of every type of custom field on every entity.
/// It comes last and draws from a sequence of its own, so that all other records stay as they are.
/// </summary>
internal sealed class DemoVariety
{
    private const int Part = 9;

    /// <summary>Accounts with fewer records of an entity have none that are odd.</summary>
    private const int FewestRecords = 60;

    /// <summary>The odd records are neither the oldest nor the newest, which people look at first: they begin this far from the
    /// end.</summary>
    private const int FromEnd = 40;

    /// <summary>Ids of leads that were converted long ago and are gone.</summary>
    private const long FirstGoneLead = 19_990_001;

    /// <summary>A range of its own, so that options created later get the ids that they always got.</summary>
    private const long FirstOption = 263_001;

    private readonly Account _account;
    private readonly DemoRandom _random;

    private DemoVariety(Account account, SandboxOptions options)
    {
        _account = account;
        _random = new DemoRandom(options.Seed, Part);
    }

    public static void Fill(Account account, SandboxOptions options)
    {
        var variety = new DemoVariety(account, options);
        variety.AddCustomFields();
        variety.ChangePeople();
        variety.ChangeCompanies();
        variety.ChangeLeads();
        variety.ChangeOpportunities();
        variety.ChangeProjects();
        variety.ChangeTasks();
        account.InvalidateRendered();
    }

    private static string[] AddedTag { get; } = ["vip"];

    private static Address InFlorida(string street) => new(street, "Miami", "FL", "33101", "US");

    private static ContactPoint[] Work(string value) => [new ContactPoint(value, "work")];

    /// <summary>With those of DemoCustomFields there is every type of field on every entity.</summary>
    private void AddCustomFields()
    {
        DemoCustomFields.Add(_account, "Remarks", "Text", ["lead", "opportunity", "project", "task"]);
        DemoCustomFields.Add(
            _account, "Deal Type", "Dropdown", ["opportunity", "project", "task"], isFilterable: true,
                options: ["New", "Renewal", "Upgrade"],
            firstOptionId: FirstOption);
        DemoCustomFields.Add(
            _account, "Topics", "MultiSelect", ["lead", "company", "project", "task"], isFilterable: true,
                options: ["Price", "Quality", "Delivery"],
            firstOptionId: FirstOption + 3);
        DemoCustomFields.Add(_account, "Review Date", "Date", ["lead", "project", "task"], isFilterable: true);
        DemoCustomFields.Add(_account, "Reference Customer", "Checkbox", ["company", "opportunity"], isFilterable: true);
        DemoCustomFields.Add(_account, "Weight", "Float", ["company", "opportunity"]);
        DemoCustomFields.Add(_account, "Budget", "Currency", ["lead", "person", "project", "task"], currency: "USD");
        DemoCustomFields.Add(_account, "Share", "Percentage", ["lead", "person", "company", "project", "task"]);
        DemoCustomFields.Add(_account, "Profile", "URL", ["lead", "person", "company", "project", "task"]);
        DemoCustomFields.Add(_account, "Partner Of", "Connect", ["lead", "person", "company", "project"]);
        Pair("Partner", "Partner Of");
        _account.ReloadCustomFields();
    }

    /// <summary>A connect field has another one as its opposite, and each names the other.</summary>
    private void Pair(string name, string otherName)
    {
        var fields = _account.Table(EntitySchemas.CustomFieldDefinition).All.ToArray();
        var field = Find(name);
        var other = Find(otherName);
        int index = EntitySchemas.CustomFieldDefinition.IndexOf("connected_id");
        field.Values[index] = other.Id;
        other.Values[index] = field.Id;

        Record Find(string wanted) =>
            fields.First(candidate => EntitySchemas.CustomFieldDefinition.Get<string>(candidate, "name") == wanted);
    }

    private void ChangePeople()
    {
        var people = OddOnes(EntitySchemas.Person);
        people(0, [("emails", Array.Empty<ContactPoint>()), ("websites", Work("https://people.example/one"))]);
        people(1,
            [("emails", Array.Empty<ContactPoint>()), ("phone_numbers", Array.Empty<ContactPoint>()), ("address", null), ("title", null)]);
        people(2,
            [("name", "Ariadne"), ("prefix", null), ("first_name", "Ariadne"), ("middle_name", null), ("last_name", null),
            ("details", "")]);
        people(3, [.. NameOf("Walter Reyes Jr."), ("address", null)]);
        people(4, [("address", new Address("12 Mill Road", "Ashford", null, "", ""))]);
        people(5, [("address", new Address(null, "Ashford", "Kent", null, null)), ("websites", Work("https://people.example/five"))]);
        people(6,
            [("assignee_id", null), ("title", ""), ("address", new Address(null, null, "Kent", null, null)),
            ("websites", new[] { new ContactPoint("https://people.example/six", null) })]);
        people(7,
            [("leads_converted_from", new[] { new LeadOrigin(FirstGoneLead, 1_754_429_285) }), ("date_lead_created", 1_754_429_000L)]);

        // Twice the same person, once with another address and once without any, and two people with one phone number.
        people(8,
            [.. NameOf("Martha Lindqvist"), ("phone_numbers", Work("+46 8 555 0147")), ("emails", Work("martha.lindqvist@mail.example"))]);
        people(9,
            [.. NameOf("martha lindqvist"), ("phone_numbers", Work("0046 8 5550147")), ("emails", Work("m.lindqvist@inbox.example"))]);
        people(10,
            [.. NameOf("Martha Lindqvist"), ("phone_numbers", Array.Empty<ContactPoint>()), ("emails", Array.Empty<ContactPoint>())]);
        people(11, [("phone_numbers", Work("(305) 555-0177"))]);
        people(12, [("phone_numbers", Work("+1 305 555 0177"))]);

        people(13, [.. NameOf("Paloma Ortiz"), ("address", InFlorida("8 Ocean Drive")), .. OfOwner()]);
        people(14, [.. NameOf("Wesley Grant III"), ("address", InFlorida("101 Biscayne Boulevard")), .. OfOwner()]);
        people(15, AllCustomFields(EntitySchemas.Person));
        people(16, AllCustomFields(EntitySchemas.Person));
    }

    private void ChangeCompanies()
    {
        var companies = OddOnes(EntitySchemas.Company);
        companies(0, [("email_domain", null), ("websites", Array.Empty<ContactPoint>())]);
        companies(1, [("address", null), ("primary_contact_id", null), ("phone_numbers", Array.Empty<ContactPoint>())]);
        companies(2, [("address", new Address("4 Harbour Street", "Whitby", null, "", "")), ("details", "")]);
        companies(3, [("address", new Address(null, null, null, null, null)), ("contact_type_id", null), ("assignee_id", null)]);

        // One company under two domains.
        companies(4, [("name", "Larkspur Ceramics Ltd"), ("websites", Work("https://www.larkspur-ceramics.example"))]);
        companies(5, [("name", "LARKSPUR CERAMICS"), ("email_domain", null), ("websites", Work("http://larkspur-ceramics.example/"))]);

        companies(6, [("name", "Keystone Marine Supply Inc."), ("address", InFlorida("77 Port Boulevard")), .. OfOwner()]);
        companies(7, AllCustomFields(EntitySchemas.Company));
        companies(8, AllCustomFields(EntitySchemas.Company));
    }

    private void ChangeLeads()
    {
        var leads = OddOnes(EntitySchemas.Lead);
        leads(0,
            [("name", "Octavian"), ("prefix", null), ("first_name", "Octavian"), ("middle_name", null), ("last_name", null),
            ("details", "")]);
        leads(1, [("address", new Address("9 Elm Court", "Dover", null, "", "")), ("monetary_value", null), ("monetary_unit", null)]);
        leads(2, [("address", new Address(null, "Dover", null, null, null)), ("company_name", null), ("title", null), ("email", null)]);
        leads(3,
            [.. NameOf("Harold Quist Sr."), ("websites", Work("https://quist.example")),
            ("socials", new[] { new ContactPoint("https://www.linkedin.com/in/harold-quist", "linkedin") })]);

        // One lead that came in twice, by the same address.
        leads(4, [.. NameOf("Nadia Osei"), ("email", new ContactPoint("nadia.osei@letters.example", "work"))]);
        leads(5,
            [.. NameOf("Nadia Osei"), ("email", new ContactPoint("Nadia.Osei@letters.example", "work")),
            ("phone_numbers", Array.Empty<ContactPoint>())]);

        leads(6, [.. NameOf("Felicia Marsh"), ("address", InFlorida("5 Palm Avenue")), .. OfOwner()]);
        leads(7, AllCustomFields(EntitySchemas.Lead));
        leads(8, AllCustomFields(EntitySchemas.Lead));
    }

    private void ChangeOpportunities()
    {
        var opportunities = OddOnes(EntitySchemas.Opportunity);
        opportunities(0, [("priority", null), ("details", "")]);
        opportunities(1, [("primary_contact_id", null), ("customer_source_id", null)]);
        opportunities(2, [("monetary_value", null), ("monetary_unit", null), ("close_date", null), ("win_probability", null)]);
        opportunities(3, [("company_id", null), ("win_probability", 0L)]);
        opportunities(4,
        [
            ("leads_converted_from", new[] { new LeadOrigin(FirstGoneLead + 1, 1_772_445_600) }),
            ("date_lead_created", 1_769_767_200L),
            ("priority", null),
        ]);
        GiveClosedOneToOwner();
        opportunities(5, AllCustomFields(EntitySchemas.Opportunity));
        opportunities(6, AllCustomFields(EntitySchemas.Opportunity));
    }

    /// <summary>One in the last stage of the first pipeline; it is closed, so that no sum of open or won ones changes.</summary>
    private void GiveClosedOneToOwner()
    {
        var schema = EntitySchemas.Opportunity;
        var stages = _account.Pipelines.Items[0].Stages;
        var closed = _account.Opportunities.All
            .Where(record => schema.GetInteger(record, "pipeline_stage_id") == stages[stages.Count - 1].Id
                && schema.Get<string>(record, "status") is "Lost" or "Abandoned")
            .OrderByDescending(record => record.Id)
            .FirstOrDefault();
        if (closed is not null)
        {
            Change(schema, closed, OfOwner());
        }
    }

    private void ChangeProjects()
    {
        var projects = OddOnes(EntitySchemas.Project);
        projects(0, [("related_resource", null), ("details", "")]);
        projects(1, AllCustomFields(EntitySchemas.Project));
        projects(2, AllCustomFields(EntitySchemas.Project));
    }

    private void ChangeTasks()
    {
        var tasks = OddOnes(EntitySchemas.Task);
        tasks(0, [("due_date", null), ("reminder_date", null), ("details", "")]);
        tasks(1, [("custom_activity_type_id", 1L)]);
        tasks(2, AllCustomFields(EntitySchemas.Task));
        tasks(3, AllCustomFields(EntitySchemas.Task));
    }

    /// <summary>Changes the odd record at a place; nothing happens where the account is too small to have them.</summary>
    private Action<int, (string Attribute, object? Value)[]> OddOnes(EntitySchema schema)
    {
        Record[] records = [.. _account.Table(schema).All.OrderBy(record => record.Id)];
        return (place, changes) =>
        {
            if (records.Length >= FewestRecords)
            {
                Change(schema, records[records.Length - FromEnd + place], changes);
            }
        };
    }

    private void Change(EntitySchema schema, Record record, (string Attribute, object? Value)[] changes)
    {
        object?[] values = (object?[])record.Values.Clone();
        foreach (var (attribute, value) in changes)
        {
            int index = schema.IndexOf(attribute);
            values[index] = value == (object)AddedTag ? ((string[])values[index]!).Union(AddedTag).ToArray() : value;
        }

        _account.Table(schema).Replace(record, values);
    }

    private static (string Attribute, object? Value)[] NameOf(string name)
    {
        var parts = NameParts.Split(name);
        return
        [
            ("name", name),
            ("prefix", parts.Prefix),
            ("first_name", parts.First),
            ("middle_name", parts.Middle),
            ("last_name", parts.Last),
            ("suffix", parts.Suffix),
        ];
    }

    /// <summary>Of the owner of the key, and important: the tag is added to those that the record has.</summary>
    private (string Attribute, object? Value)[] OfOwner() =>
        [("assignee_id", Boxed.Integer(_account.Owner.Id)), ("tags", AddedTag)];

    private (string Attribute, object? Value)[] AllCustomFields(EntitySchema schema) =>
        [("custom_fields", DemoCustomFields.RandomValues(_account, schema.Type, _random, 100))];
}
