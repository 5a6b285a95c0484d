using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;

namespace Copper.Sandbox.Search;

/// <summary>A search body, checked: which records, in which order, which page.</summary>
internal sealed class SearchQuery
{
    private readonly List<RecordTest> _tests = [];

    private SearchQuery(SearchSchema schema)
    {
        Schema = schema;
        SortBy = schema.FindSortKey(schema.DefaultSort)!;
        Descending = schema.DescendingByDefault;
    }

    /// <summary>What orders a result.</summary>
    public static string[] SortMembers { get; } = ["sort_by", "sort_direction"];

    public SearchSchema Schema { get; }

    public SortKey SortBy { get; private set; }

    public bool Descending { get; private set; }

    public Paging Page { get; private set; }

    /// <summary>Whether leads that were converted are wanted, too.</summary>
    public bool IncludesConverted { get; private set; }

    /// <summary>Filter and order as text: queries with the same text have the same result. Null if the result depends on the
    /// time.</summary>
    public string? CacheKey { get; private set; } = "";

    public bool Matches(Record record)
    {
        foreach (var test in _tests)
        {
            if (!test(record))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds a condition that does not come from the body: the attribute has to have this value.</summary>
    public void RestrictTo(string attribute, object value)
    {
        int index = Schema.Entity.IndexOf(attribute);
        _tests.Add(record => value.Equals(record.Values[index]));
        CacheKey = AddToCacheKey(attribute + "=" + value);
    }

    public static SearchQuery Parse(SearchSchema schema, JsonElement body, Account account, DateTimeOffset now)
    {
        var query = new SearchQuery(schema);
        var errors = new ValidationErrors();
        var context = new SearchContext(account, schema.Entity, now, errors);
        query.Page = Paging.Read(body, errors);
        var unrecognized = new List<string>();
        foreach (var member in body.EnumerateObject())
        {
            if (!query.ReadControl(member, errors) && !query.ReadFilter(member, context))
            {
                unrecognized.Add(member.Name);
            }
        }

        errors.AddUnrecognized(unrecognized);
        errors.ThrowIfAny();
        query.IncludesConverted = context.IncludesConverted;
        return query;
    }

    /// <summary>Reads a member that is no filter; false if it may be one.</summary>
    private bool ReadControl(JsonProperty member, ValidationErrors errors)
    {
        switch (member.Name)
        {
            case "sort_by":
                ReadSortBy(member, errors);
                return true;
            case "sort_direction":
                ReadSortDirection(member, errors);
                return true;
            default:
                return Paging.Members.Contains(member.Name);
        }
    }

    private bool ReadFilter(JsonProperty member, SearchContext context)
    {
        var filter = Schema.FindFilter(member.Name);
        if (filter is null)
        {
            return false;
        }

        CacheKey = member.Name == "age" ? null : AddToCacheKey(member.Name + ":" + member.Value.GetRawText());
        if (member.Value.ValueKind != JsonValueKind.Null && filter.Compile(member.Value, context) is { } test)
        {
            _tests.Add(test);
        }

        return true;
    }

    private void ReadSortBy(JsonProperty member, ValidationErrors errors)
    {
        if (member.Value.ValueKind == JsonValueKind.String && Schema.FindSortKey(member.Value.GetString()!) is { } key)
        {
            SortBy = key;
            Descending = false;
            CacheKey = AddToCacheKey("sort_by:" + key.Name);
        }
        else if (!Schema.IgnoresUnknownSortKeys)
        {
            errors.Add("sort_by", "must be one of " + string.Join(", ", Schema.SortNames));
        }
    }

    private void ReadSortDirection(JsonProperty member, ValidationErrors errors)
    {
        switch (member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null)
        {
            case "asc":
                Descending = false;
                break;
            case "desc":
                Descending = true;
                break;
            default:
                errors.Add("sort_direction", "must be one of asc, desc");
                break;
        }

        CacheKey = AddToCacheKey("sort_direction:" + Descending);
    }

    private string? AddToCacheKey(string part) => CacheKey is null ? null : CacheKey + "|" + part;
}
