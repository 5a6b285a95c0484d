using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Search;

/// <summary>The kinds of search filters, for the tables in <see cref="SearchSchemas"/>.</summary>
internal static class Filters
{
    /// <summary>In id lists this stands for "has none".</summary>
    private const long None = -2;

    /// <summary>Records with one of these ids.</summary>
    public static SearchFilter Ids() => new("ids", (json, context) =>
    {
        var ids = FilterValues.ReadIds(json, "ids", context, id => id > 0);
        return ids is null || ids.Count == 0 ? null : record => ids.Contains(record.Id);
    });

    /// <summary>Records whose reference is one of these ids, or missing if -2 is among them and allowed.</summary>
    public static SearchFilter References(string name, string attribute, bool allowNone = false) => new(name, (json, context) =>
    {
        var ids = FilterValues.ReadIds(json, name, context, id => id > 0 || (allowNone && id == None));
        int index = context.Schema.IndexOf(attribute);
        return ids is null || ids.Count == 0 ? null : record => ids.Contains(record.Values[index] as long? ?? None);
    });

    /// <summary>Records that belong to one of these records of a type, or to none of them if -2 is among them and allowed.</summary>
    public static SearchFilter RelatedResources(string name, string type, bool allowNone) => new(name, (json, context) =>
    {
        var ids = FilterValues.ReadIds(json, name, context, id => id > 0 || (allowNone && id == None));
        int index = context.Schema.IndexOf("related_resource");
        return ids is null || ids.Count == 0
            ? null
            : record => ids.Contains(record.Values[index] is ResourceReference reference && reference.Type == type ? reference.Id : None);
    });

    /// <summary>People related to one of these opportunities.</summary>
    public static SearchFilter RelatedOpportunities() => new("opportunity_ids", (json, context) =>
    {
        var ids = FilterValues.ReadIds(json, "opportunity_ids", context, id => id > 0);
        if (ids is null || ids.Count == 0)
        {
            return null;
        }

        var people = new HashSet<long>(ids
            .Select(id => new ResourceReference("opportunity", id))
            .Where(context.Account.Exists)
            .SelectMany(context.Account.Relations.Of)
            .Where(related => related.Type == "person")
            .Select(related => related.Id));
        return record => people.Contains(record.Id);
    });

    /// <summary>Records whose word is one of those the numbers stand for, such as 0 for Open.</summary>
    public static SearchFilter NumberedWords(string name, string attribute, params string[] words) => new(name, (json, context) =>
    {
        var numbers = FilterValues.ReadIds(json, name, context, number => number >= 0 && number < words.Length);
        int index = context.Schema.IndexOf(attribute);
        return numbers is null || numbers.Count == 0
            ? null
            : record => numbers.Contains(Array.IndexOf(words, record.Values[index] as string));
    });

    /// <summary>Records whose word is one of these.</summary>
    public static SearchFilter Words(string name, string attribute) => new(name, (json, context) =>
    {
        string[]? words = FilterValues.ReadStrings(json, name, context);
        int index = context.Schema.IndexOf(attribute);
        var known = ((WordType)context.Schema.Attributes[index].Type).Words;
        if (words is not null && words.Any(word => !known.Contains(word)))
        {
            return context.Fail(name, "must be among " + string.Join(", ", known));
        }

        return words is null || words.Length == 0 ? null : record => words.Contains(record.Values[index] as string);
    });

    /// <summary>Records whose text contains the value, ignoring case: clients report partial matches for names.</summary>
    public static SearchFilter Contains(string name, string attribute) => new(name, (json, context) =>
    {
        string? part = FilterValues.ReadString(json, name, context);
        int index = context.Schema.IndexOf(attribute);
        var derive = context.Schema.Attributes[index].Derive;
        return string.IsNullOrEmpty(part)
            ? null
            : record => TextOf(record)?.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

        string? TextOf(Record record) =>
            (string?)(derive is null ? record.Values[index] : derive(context.Account, context.Schema, record));
    });

    /// <summary>
    /// Records whose part of the address equals the value, ignoring case. An empty value finds the records where it is
    /// empty: the search by empty field is documented, its exact form is not.
    /// </summary>
    public static SearchFilter AddressPart(string name, Func<Address, string?> part) => new(name, (json, context) =>
    {
        string? wanted = name == "postal_code" && json.ValueKind == JsonValueKind.Number
            ? json.GetRawText()
            : FilterValues.ReadString(json, name, context);
        int index = context.Schema.IndexOf("address");
        return wanted is null ? null : record =>
        {
            string? found = record.Values[index] is Address address ? part(address) : null;
            return string.Equals(found ?? "", wanted, StringComparison.OrdinalIgnoreCase);
        };
    });

    /// <summary>Records in a country, given by its two-letter code.</summary>
    public static SearchFilter Country() => new("country", (json, context) =>
    {
        string? code = FilterValues.ReadString(json, "country", context);
        int index = context.Schema.IndexOf("address");
        if (code is not null && code.Length != 2)
        {
            return context.Fail("country", "must be a two-letter country code");
        }

        return record => record.Values[index] is Address address
            && string.Equals(address.Country, code, StringComparison.OrdinalIgnoreCase);
    });

    /// <summary>Records followed (1) or not followed (2) by the owner of the key.</summary>
    public static SearchFilter Followed() => new("followed", (json, context) =>
    {
        if (!JsonValues.TryGetInteger(json, out long choice) || choice is not (1 or 2))
        {
            return context.Fail("followed", "must be 1 or 2");
        }

        return record => record.Followed == (choice == 1);
    });

    /// <summary>Records created at most this many seconds ago.</summary>
    public static SearchFilter Age() => new("age", (json, context) =>
    {
        if (!JsonValues.TryGetInteger(json, out long seconds) || seconds < 0)
        {
            return context.Fail("age", "must be a number of seconds");
        }

        int index = context.Schema.IndexOf("date_created");
        long earliest = context.Now - seconds;
        return record => record.Values[index] is long created && created >= earliest;
    });

    /// <summary>Whether leads that were converted are listed besides the others.</summary>
    public static SearchFilter IncludeConverted() => new("include_converted_leads", (json, context) =>
    {
        if (!JsonValues.TryGetFlag(json, out bool isWanted))
        {
            return context.Fail("include_converted_leads", "must be true or false");
        }

        context.IncludesConverted = isWanted;
        return null;
    });

    /// <summary>Activities logged on one record, given as <c>{"id":7,"type":"person"}</c>.</summary>
    public static SearchFilter Parent() => new("parent", (json, context) =>
    {
        var parent = ResourceReferenceType.Parse(json);
        if (parent is null || EntitySchemas.FindByType(parent.Type) is null)
        {
            return context.Fail("parent", "must be an object of id and type");
        }

        int index = context.Schema.IndexOf("parent");
        return record => parent.Equals(record.Values[index]);
    });

    /// <summary>Activities of one of these types, each given by category and id.</summary>
    public static SearchFilter ActivityTypes() => new("activity_types", (json, context) =>
    {
        ActivityTypeKey?[] keys = json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().Select(ActivityTypeKey.Parse)]
            : [null];
        if (keys.Contains(null))
        {
            return context.Fail("activity_types", "must be an array of objects with category and id");
        }

        int index = context.Schema.IndexOf("type");
        return keys.Length == 0 ? null : record => keys.Contains((ActivityTypeKey)record.Values[index]!);
    });

    /// <summary>A parameter that is checked but changes nothing here.</summary>
    public static SearchFilter Ignored(string name) => new(name, (json, context) =>
        JsonValues.TryGetFlag(json, out _) ? null : context.Fail(name, "must be true or false"));

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

    /// <summary>minimum_… and maximum_… of a number. Both bounds are inclusive.</summary>
    public static IEnumerable<SearchFilter> NumberRange(string name, string attribute) =>
        Range(name, FilterValues.ReadNumber, context => ValueOf(context, attribute));

    /// <summary>minimum_… and maximum_… of a date, in Unix seconds. Both bounds are inclusive.</summary>
    public static IEnumerable<SearchFilter> DateRange(string name, string attribute) =>
        Range(name, FilterValues.ReadTimestamp, context => ValueOf(context, attribute));

    /// <summary>The close date is text in records and Unix seconds in searches.</summary>
    public static IEnumerable<SearchFilter> CloseDateRange() =>
        Range("close_date", FilterValues.ReadTimestamp, context =>
        {
            int index = context.Schema.IndexOf("close_date");
            bool dayFirst = context.Account.DayFirstDates;
            return record => record.Values[index] is string text ? CloseDateType.ToTimestamp(text, dayFirst) : null;
        });

    private static IEnumerable<SearchFilter> Range(
        string name,
        Func<JsonElement, string, SearchContext, decimal?> read,
        Func<SearchContext, Func<Record, decimal?>> selector)
    {
        yield return Bound("minimum_" + name, (value, bound) => value >= bound);
        yield return Bound("maximum_" + name, (value, bound) => value <= bound);

        SearchFilter Bound(string filter, Func<decimal, decimal, bool> holds) => new(filter, (json, context) =>
        {
            decimal? bound = read(json, filter, context);
            var valueOf = selector(context);
            return bound is null ? null : record => valueOf(record) is decimal value && holds(value, bound.Value);
        });
    }

    private static Func<Record, decimal?> ValueOf(SearchContext context, string attribute)
    {
        int index = context.Schema.IndexOf(attribute);
        return record => record.Values[index] switch
        {
            long integer => integer,
            decimal number => number,
            _ => null,
        };
    }

    private static readonly HashSet<string> CustomFieldKeys =
        ["custom_field_definition_id", "value", "minimum_value", "maximum_value", "allow_empty", "option"];

    /// <summary>
    /// Custom field criteria; a record has to meet all of them.
    /// Source: developer.copper.com/custom-fields/general/search-entity-leads-people-etc-by-custom-field.
    /// </summary>
    public static SearchFilter CustomFields() => new("custom_fields", (json, context) =>
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return context.Fail("custom_fields", "must be an array");
        }

        RecordTest[] tests = [.. json.EnumerateArray().Select(item => CustomFieldTest(item, context)).OfType<RecordTest>()];
        return record => Array.TrueForAll(tests, test => test(record));
    });

    private static RecordTest? CustomFieldTest(JsonElement item, SearchContext context)
    {
        if (item.ValueKind != JsonValueKind.Object
            || !item.TryGetProperty("custom_field_definition_id", out var idJson)
            || !JsonValues.TryGetInteger(idJson, out long id)
            || context.Account.FindCustomField(id) is not { } field
            || !field.HasValuesOn(context.Schema.Type))
        {
            return context.Fail("custom_fields", "custom_field_definition_id is not available on this entity");
        }

        string[] names = [.. item.EnumerateObject().Select(member => member.Name)];
        context.Errors.AddUnrecognized([.. names.Where(name => !CustomFieldKeys.Contains(name))]);
        if (field.DataType is "String" or "Text" or "URL")
        {
            // Asking such a field for empty values alone makes the service fail. Reported by a client author.
            return names.Contains("allow_empty") && names.Length == 2
                ? throw ApiException.InternalError()
                : context.Fail("custom_fields", $"fields of the type {field.DataType} can't be searched");
        }

        // The definition "should" be filterable; rejecting the others is the strict reading.
        if (!field.IsFilterable)
        {
            return context.Fail("custom_fields", $"custom field {id} is not filterable");
        }

        var valueTest = field.DataType switch
        {
            "Dropdown" => OptionTest(item, context, multiple: false),
            "MultiSelect" => OptionTest(item, context, multiple: true),
            "Checkbox" => CheckboxTest(item, context),
            "Date" => BoundsTest(item, context, FilterValues.ReadTimestamp),
            _ => BoundsTest(item, context, FilterValues.ReadNumber),
        };
        int index = context.Schema.IndexOf("custom_fields");
        return valueTest is null
            ? null
            : record => valueTest(((CustomFieldValues)record.Values[index]!).Find(id));
    }

    private static Func<object?, bool>? OptionTest(JsonElement item, SearchContext context, bool multiple)
    {
        bool allowEmpty = item.TryGetProperty("allow_empty", out var allow) && JsonValues.TryGetFlag(allow, out bool flag) && flag;
        var wanted = item.TryGetProperty("value", out var value)
            ? FilterValues.ReadIds(value, "custom_fields", context, id => id > 0) ?? []
            : [];
        string option = multiple && item.TryGetProperty("option", out var word) ? word.ToString() : "ANY";
        if ((!multiple && item.TryGetProperty("option", out _)) || option is not ("ANY" or "ALL" or "NONE"))
        {
            context.Fail("custom_fields", "option must be one of ANY, ALL, NONE and needs a MultiSelect field");
            return null;
        }

        return found =>
        {
            long[] chosen = found switch
            {
                long single => [single],
                long[] several => several,
                _ => [],
            };
            return chosen.Length == 0
                ? allowEmpty || option == "NONE"
                : option switch
                {
                    "ALL" => wanted.All(chosen.Contains),
                    "NONE" => !wanted.Any(chosen.Contains),
                    _ => wanted.Any(chosen.Contains),
                };
        };
    }

    private static Func<object?, bool>? CheckboxTest(JsonElement item, SearchContext context)
    {
        if (!item.TryGetProperty("value", out var value) || !JsonValues.TryGetFlag(value, out bool wanted))
        {
            context.Fail("custom_fields", "value must be true or false");
            return null;
        }

        return found => found is true == wanted;
    }

    private static Func<object?, bool>? BoundsTest(
        JsonElement item, SearchContext context, Func<JsonElement, string, SearchContext, decimal?> read)
    {
        decimal? minimum = item.TryGetProperty("minimum_value", out var low) ? read(low, "custom_fields", context) : null;
        decimal? maximum = item.TryGetProperty("maximum_value", out var high) ? read(high, "custom_fields", context) : null;
        if (item.TryGetProperty("value", out _) || (minimum is null && maximum is null))
        {
            context.Fail("custom_fields", "minimum_value or maximum_value is needed");
            return null;
        }

        return found => found is IConvertible
            && Convert.ToDecimal(found, System.Globalization.CultureInfo.InvariantCulture) is var number
            && number >= (minimum ?? decimal.MinValue)
            && number <= (maximum ?? decimal.MaxValue);
    }
}
