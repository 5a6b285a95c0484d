using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Search;

/// <summary>The kinds of search filters, for the tables in <see cref="SearchSchemas"/>.</summary>
internal static partial class Filters
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
}
