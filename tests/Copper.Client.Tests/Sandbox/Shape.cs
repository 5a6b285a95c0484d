using System.Text.Json;
using System.Text.Json.Nodes;

namespace Copper.Client.Tests.Sandbox;

/// <summary>The members of JSON by their paths, such as <c>emails[].email</c>, and the kinds of values seen at each.</summary>
internal sealed class Shape
{
    private readonly Dictionary<string, HashSet<string>> _kinds = [];

    public IEnumerable<string> Paths => _kinds.Keys;

    public static Shape Of(params IEnumerable<JsonNode?> responses)
    {
        var shape = new Shape();
        foreach (var response in responses)
        {
            shape.Add("", response);
        }

        return shape;
    }

    public IReadOnlySet<string> KindsAt(string path) => _kinds.TryGetValue(path, out var kinds) ? kinds : new HashSet<string>();

    private void Add(string path, JsonNode? node)
    {
        if (path.Length > 0)
        {
            if (!_kinds.TryGetValue(path, out var kinds))
            {
                _kinds.Add(path, kinds = []);
            }

            kinds.Add(KindOf(node));
        }

        if (node is JsonObject members && !IsFree(path))
        {
            foreach (var member in members)
            {
                Add(path.Length == 0 ? member.Key : path + "." + member.Key, member.Value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Add(path + "[]", item);
            }
        }
    }

    /// <summary>Objects whose members the client chooses, or that are named after what was wrong.</summary>
    private static bool IsFree(string path) =>
        path.EndsWith("secret", StringComparison.Ordinal) || path.EndsWith("headers", StringComparison.Ordinal)
            || path is "message" or "[].message";

    private static string KindOf(JsonNode? node) => node switch
    {
        null => "null",
        JsonArray { Count: 0 } => "empty",
        JsonArray => "list",
        JsonObject => "object",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => "text",
            JsonValueKind.Number => "number",
            _ => "flag",
        },
    };
}
