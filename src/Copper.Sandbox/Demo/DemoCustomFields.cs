using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

/// <summary>The custom fields of the demo account: every data type, and two fields of the same name.</summary>
internal static class DemoCustomFields
{
    private static readonly string[] Everywhere = ["lead", "person", "opportunity", "company", "project", "task"];

    public static void Fill(Account account)
    {
        Add(account, "Customer Number", "String", ["person", "company"], canonicalName: "customer_number");
        Add(account, "External Id", "String", Everywhere, isFilterable: true, canonicalName: "external_id");
        Add(account, "Briefing", "Text", ["person", "company"]);
        Add(account, "Preferred Language", "Dropdown", ["person", "lead"], isFilterable: true,
            options: ["English", "German", "French", "Spanish"]);
        Add(account, "Interests", "MultiSelect", ["person"], isFilterable: true,
            options: ["Hardware", "Software", "Training", "Consulting"]);
        Add(account, "Birthday", "Date", ["person"], isFilterable: true);
        Add(account, "Newsletter", "Checkbox", ["person", "lead"], isFilterable: true);
        Add(account, "Score", "Float", ["person", "lead"], isFilterable: true);
        Add(account, "Region", "Dropdown", ["company"], isFilterable: true, options: ["Americas", "Europe", "Asia Pacific"]);
        Add(account, "Region", "Dropdown", ["lead"], isFilterable: true, options: ["North", "South", "East", "West"]);
        Add(account, "Annual Revenue", "Currency", ["company"], isFilterable: true, currency: "USD");
        Add(account, "Discount", "Percentage", ["opportunity"], isFilterable: true);
        Add(account, "Contract Value", "Currency", ["opportunity"], isFilterable: true, currency: "EUR");
        Add(account, "Proposal", "URL", ["opportunity"]);
        Add(account, "Products", "MultiSelect", ["opportunity"], isFilterable: true, options: ["Starter", "Professional", "Enterprise"]);
        Add(account, "Renewal Date", "Date", ["opportunity", "company"], isFilterable: true);
        Add(account, "Effort", "Float", ["project", "task"], isFilterable: true);
        Add(account, "Billable", "Checkbox", ["project", "task"], isFilterable: true);
        Add(account, "Partner", "Connect", ["company", "opportunity"]);
        account.ReloadCustomFields();
    }

    /// <summary>The values of a record: for each field of the entity that has one, with the given chance in percent.</summary>
    public static CustomFieldValues RandomValues(Account account, string entityType, DemoRandom random, int chance)
    {
        var fields = account.CustomFieldsOf(entityType);
        var values = new List<KeyValuePair<long, object>>(fields.Count);
        foreach (var field in fields)
        {
            if (random.Chance(chance) && RandomValue(field, random) is { } value)
            {
                values.Add(new KeyValuePair<long, object>(field.Id, value));
            }
        }

        return values.Count == 0 ? CustomFieldValues.None : new CustomFieldValues([.. values]);
    }

    private static object? RandomValue(CustomFieldDefinition field, DemoRandom random) => field.DataType switch
    {
        "String" => random.Digits("C-######"),
        "Text" => random.Pick(DemoWords.Notes) + "\n" + random.Pick(DemoWords.Notes),
        "Dropdown" => random.Pick(field.Options).Id,
        "MultiSelect" => random.PickSome(field.Options, 1 + random.Next(2)).Select(option => option.Id).ToArray(),
        "Date" => DemoCalendar.Day(random.Next(1000) - 500),
        "Checkbox" => Boxed.True,
        "Float" => random.Next(1000) / 10m,
        "URL" => "https://files.example/" + random.Digits("########"),
        "Percentage" => (decimal)(5 * random.Next(11)),
        "Currency" => 1000.0m * (1 + random.Next(900)),
        _ => null,
    };

    /// <summary>Adds a definition.</summary>
    public static void Add(
        Account account,
        string name,
        string dataType,
        string[] availableOn,
        bool isFilterable = false,
        string? canonicalName = null,
        string[]? options = null,
        string? currency = null,
        long? firstOptionId = null)
    {
        var field = DemoAccount.NewRecord(account, EntitySchemas.CustomFieldDefinition);
        field["name"] = name;
        field["canonical_name"] = canonicalName;
        field["data_type"] = dataType;
        field["available_on"] = availableOn;
        field["is_filterable"] = isFilterable;
        field["options"] = options?
            .Select((option, rank) => new CustomFieldOption(firstOptionId + rank ?? account.NextOptionId(), option, rank)).ToArray();
        field["currency"] = currency;
        DemoAccount.Add(field);
    }
}
