using System.Text.Json;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Search;

/// <summary>Reads the values of search filters, by type.</summary>
internal static class FilterValues
{
    /// <summary>Timestamps beyond this are rejected in searches. Reported by client authors.</summary>
    public const long MaximumTimestamp = 2_147_483_648;

    public static string? ReadString(JsonElement json, string filter, SearchContext context)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.GetString();
        }

        context.Fail(filter, "must be a string");
        return null;
    }

    public static string[]? ReadStrings(JsonElement json, string filter, SearchContext context)
    {
        if (json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return json.EnumerateArray().Select(item => item.GetString()!).ToArray();
        }

        context.Fail(filter, "must be an array of strings");
        return null;
    }

    public static HashSet<long>? ReadIds(JsonElement json, string filter, SearchContext context, Func<long, bool> isAllowed)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            context.Fail(filter, "must be an array of integers");
            return null;
        }

        var ids = new HashSet<long>();
        foreach (var item in json.EnumerateArray())
        {
            if (!JsonValues.TryGetInteger(item, out long id) || !isAllowed(id))
            {
                string label = ValidationErrors.Label(filter);
                context.Fail(filter, $"Invalid value for {label}: IDs must be positive integers: {item}");
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }

    public static decimal? ReadNumber(JsonElement json, string filter, SearchContext context)
    {
        if (JsonValues.TryGetNumber(json, out decimal number))
        {
            return number;
        }

        context.Fail(filter, "must be a number");
        return null;
    }

    public static decimal? ReadTimestamp(JsonElement json, string filter, SearchContext context)
    {
        if (JsonValues.TryGetInteger(json, out long timestamp)
            && timestamp >= 0 && timestamp <= MaximumTimestamp)
        {
            return timestamp;
        }

        context.Fail(filter, "must be a Unix timestamp in seconds");
        return null;
    }
}
