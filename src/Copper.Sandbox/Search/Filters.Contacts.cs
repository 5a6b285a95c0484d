using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Search;

internal static partial class Filters
{
    /// <summary>People with one of these e-mail addresses. People take a list here.</summary>
    public static SearchFilter EmailList() => new("emails", (json, context) =>
        AnyContactPoint(FilterValues.ReadStrings(json, "emails", context), context, "emails"));

    /// <summary>Leads with this e-mail address. The parameter has the same name as for people, but takes one string.</summary>
    public static SearchFilter SingleEmail() => new("emails", (json, context) =>
    {
        string? address = FilterValues.ReadString(json, "emails", context);
        int index = context.Schema.IndexOf("email");
        return string.IsNullOrEmpty(address) ? null : record => record.Values[index] is ContactPoint email
            && string.Equals(email.Value, address, StringComparison.OrdinalIgnoreCase);
    });

    /// <summary>Records with one of these social profile addresses.</summary>
    public static SearchFilter Socials() => new("socials", (json, context) =>
        AnyContactPoint(FilterValues.ReadStrings(json, "socials", context), context, "socials"));

    /// <summary>Companies with this e-mail domain.</summary>
    public static SearchFilter EmailDomain(string name) => new(name, (json, context) =>
    {
        string? domain = FilterValues.ReadString(json, name, context);
        int index = context.Schema.IndexOf("email_domain");
        return string.IsNullOrEmpty(domain)
            ? null
            : record => string.Equals(record.Values[index] as string, domain, StringComparison.OrdinalIgnoreCase);
    });

    /// <summary>Phone numbers, as a string or as <c>{"value":"…","match":"partial"|"fuzzy"}</c>.</summary>
    public static SearchFilter Phone() => new("phone_number", (json, context) =>
    {
        var match = PhoneNumberMatch.Parse(json);
        if (match is null)
        {
            return context.Fail("phone_number", "must be a string or an object of value and match (partial or fuzzy)");
        }

        int index = context.Schema.IndexOf("phone_numbers");
        return record => ((ContactPoint[])record.Values[index]!).Any(phone => match.Matches(phone.Value));
    });

    /// <summary>Records with at least one of these tags.</summary>
    public static SearchFilter Tags() => new("tags", (json, context) =>
        TagTest(FilterValues.ReadStrings(json, "tags", context), "ANY", context));

    /// <summary>As <see cref="Tags"/>, or <c>{"option":"ANY","value":[…]}</c>. That ALL and NONE exist is a guess by analogy.</summary>
    public static SearchFilter TagsWithOption() => new("tags", (json, context) =>
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return TagTest(FilterValues.ReadStrings(json, "tags", context), "ANY", context);
        }

        bool complete = json.TryGetProperty("value", out var value) & json.TryGetProperty("option", out var option);
        return complete && option.ValueKind == JsonValueKind.String && json.EnumerateObject().Count() == 2
            ? TagTest(FilterValues.ReadStrings(value, "tags", context), option.GetString()!, context)
            : context.Fail("tags", "must be an array or an object of option and value");
    });

    private static RecordTest? TagTest(string[]? wanted, string option, SearchContext context)
    {
        if (wanted is null || wanted.Length == 0)
        {
            return null;
        }

        int index = context.Schema.IndexOf("tags");
        return option switch
        {
            "ANY" => record => wanted.Any(tag => Has(record, tag)),
            "ALL" => record => wanted.All(tag => Has(record, tag)),
            "NONE" => record => !wanted.Any(tag => Has(record, tag)),
            _ => context.Fail("tags", "option must be one of ANY, ALL, NONE"),
        };

        bool Has(Record record, string tag) => ((string[])record.Values[index]!).Contains(tag, StringComparer.OrdinalIgnoreCase);
    }

    private static RecordTest? AnyContactPoint(string[]? wanted, SearchContext context, string attribute)
    {
        if (wanted is null || wanted.Length == 0)
        {
            return null;
        }

        int index = context.Schema.IndexOf(attribute);
        var values = new HashSet<string>(wanted, StringComparer.OrdinalIgnoreCase);
        return record => ((ContactPoint[])record.Values[index]!).Any(point => values.Contains(point.Value));
    }
}
