using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Search;

/// <summary>A value of sort_by: what records are compared by. Text is compared ignoring case; records without a value come last.</summary>
/// <param name="Name">Name in the search body.</param>
/// <param name="Selector">Creates the function that reads the value from a record: text, an integer or a number.</param>
internal sealed record SortKey(string Name, Func<Account, EntitySchema, Func<Record, object?>> Selector)
{
    /// <summary>By an attribute, stored or derived.</summary>
    public static SortKey By(string name, string? attribute = null) => new(name, (account, schema) =>
    {
        int index = schema.IndexOf(attribute ?? name);
        return schema.Attributes[index].Derive is { } derive
            ? record => derive(account, schema, record)
            : record => record.Values[index];
    });

    /// <summary>By the name behind a reference, such as the assignee's.</summary>
    public static SortKey ByNameOf(string name, string attribute, Func<Account, long, string?> nameOf) => new(name, (account, schema) =>
    {
        int index = schema.IndexOf(attribute);
        return record => record.Values[index] is long id ? nameOf(account, id) : null;
    });

    /// <summary>By the position of a word in its list, such as the priority.</summary>
    public static SortKey ByRank(string name, string attribute) => new(name, (_, schema) =>
    {
        int index = schema.IndexOf(attribute);
        var words = ((WordType)schema.Attributes[index].Type).Words.ToList();
        return record => record.Values[index] is string word ? Boxed.Integer(words.IndexOf(word)) : null;
    });

    public static SortKey ByAddress(string name, Func<Address, string?> part) => new(name, (_, schema) =>
    {
        int index = schema.IndexOf("address");
        return record => record.Values[index] is Address address ? part(address) : null;
    });

    /// <summary>By the first of several contact points, or by the only one.</summary>
    public static SortKey ByContactPoint(string name, string attribute) => new(name, (_, schema) =>
    {
        int index = schema.IndexOf(attribute);
        return record => record.Values[index] switch
        {
            ContactPoint point => point.Value,
            ContactPoint[] { Length: > 0 } points => points[0].Value,
            _ => null,
        };
    });

    /// <summary>By the days since anything happened; the documentation says that ascending shows the newest first.</summary>
    public static SortKey ByInactivity() => new("inactive_days", (_, schema) =>
    {
        int contacted = schema.IndexOf("date_last_contacted");
        int modified = schema.IndexOf("date_modified");
        return record => Boxed.Integer(-Math.Max(record.Values[contacted] as long? ?? 0, record.Values[modified] as long? ?? 0));
    });

    /// <summary>By the type and id of what a record belongs to.</summary>
    public static SortKey ByRelatedResource() => new("related_to", (_, schema) =>
    {
        int index = schema.IndexOf("related_resource");
        return record => record.Values[index] is ResourceReference reference
            ? FormattableString.Invariant($"{reference.Type} {reference.Id:d19}")
            : null;
    });

    /// <summary>By the close date as a date, not as the text it is in the records.</summary>
    public static SortKey ByCloseDate() => new("close_date", (account, schema) =>
    {
        int index = schema.IndexOf("close_date");
        return record => record.Values[index] is string text ? CloseDateType.ToTimestamp(text, account.DayFirstDates) : null;
    });
}
