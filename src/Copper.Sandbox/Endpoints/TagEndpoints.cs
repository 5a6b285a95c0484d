using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Endpoints;

/// <summary>Tags have no endpoint that creates them: they are what the records carry.</summary>
internal static class TagEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/tags", List) { QueryParameters = ["sort_by", "tag_names_only", "last_tag_value"] },
    ];

    private static ApiResponse List(ApiCall call)
    {
        string sortBy = call.Query("sort_by") ?? "name";
        if (sortBy is not ("name" or "count"))
        {
            throw ApiException.Invalid("sort_by", "must be one of name, count");
        }

        bool namesOnly = call.BooleanQuery("tag_names_only");
        string? lastTag = call.Query("last_tag_value");
        if (lastTag is not null && !namesOnly)
        {
            throw ApiException.Invalid("last_tag_value", "needs tag_names_only=true");
        }

        var tags = Count(call.Account);
        return namesOnly ? NamesAnswer(tags.Keys, lastTag, call.Options.TagPageSize) : CountsAnswer(tags, sortBy);
    }

    /// <summary>One page of names in alphabetical order, behind the last name of the page before.</summary>
    private static ApiResponse NamesAnswer(IEnumerable<string> names, string? lastTag, int pageSize)
    {
        string[] page =
        [
            .. names
                .OrderBy(name => name, StringComparer.OrdinalIgnoreCase)
                .Where(name => lastTag is null || StringComparer.OrdinalIgnoreCase.Compare(name, lastTag) > 0)
                .Take(pageSize),
        ];
        return new ApiResponse(JsonText.Bytes(writer => Attributes.Strings.Write(writer, page)));
    }

    private static ApiResponse CountsAnswer(Dictionary<string, Dictionary<string, int>> tags, string sortBy)
    {
        var byName = tags.OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase);
        var sorted = sortBy == "name" ? byName : byName.OrderByDescending(tag => tag.Value.Values.Sum());
        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartArray();
            foreach (var tag in sorted)
            {
                writer.WriteStartObject();
                writer.WriteString("name", tag.Key);
                writer.WriteNumber("count", tag.Value.Values.Sum());
                foreach (var schema in EntitySchemas.Main)
                {
                    tag.Value.TryGetValue(schema.Type, out int count);
                    writer.WriteNumber("count_" + schema.Path, count);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }));
    }

    /// <summary>How many records of each entity carry each tag.</summary>
    private static Dictionary<string, Dictionary<string, int>> Count(Account account)
    {
        var counts = new Dictionary<string, Dictionary<string, int>>(StringComparer.OrdinalIgnoreCase);
        foreach (var schema in EntitySchemas.Main)
        {
            foreach (string tag in account.Table(schema).All.SelectMany(record => schema.Get<string[]>(record, "tags")!))
            {
                if (!counts.TryGetValue(tag, out var byEntity))
                {
                    counts.Add(tag, byEntity = []);
                }

                byEntity.TryGetValue(schema.Type, out int count);
                byEntity[schema.Type] = count + 1;
            }
        }

        return counts;
    }
}
