using System.Text;
using System.Text.Json.Nodes;

namespace Copper.Client.Tests.Fuzz;

/// <summary>Spoils a response, in its bytes or in its structure. The same seed spoils it the same way.</summary>
internal sealed class Mutator(int seed)
{
    /// <summary>Values that stand where others are expected, as they are written in JSON.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "-0.0", "1e400", "1e-400", "9223372036854775807", "9223372036854775808",
            "-9223372036854775809", "79228162514264337593543950336",
        "1.7976931348623157e308", "123456789012345678901234567890.123456789", "253402300800", "-62135596801", "1e15", "\"\"", "\" \"",
            "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800x\"",
        "\"💥\u202E\"", "\"1e9999\"", "\"NaN\"", "\"-Infinity\"", "\"99999999999999999999\"", "\"31/31/9999\"", "\"2/30/2026\"",
            "\"0000-00-00\"", "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"{0}%s\\\\\"", "[]", "{}", "[null]", "[[[[]]]]", "{\"id\":{\"id\":null}}",
            "[{\"id\":1},[1],\"x\"]", "{\"\":null}", "{\"\\ud800\":1}", "NaN", "'x'", "undefined", "[1,]", "/**/1",
    ];

    private static readonly byte[][] Tokens =
        [.. new[] { "{", "}", "[", "]", "\"", "\\", ",", ":", "\\u", "\\ud83d", "\0", "null", "-", ".", "e", "\uFEFF", "\n", "<html>" }
            .Select(Encoding.UTF8.GetBytes)];
    private static readonly string Deep = string.Concat(Enumerable.Repeat("[{\"a\":", 400)) + "1" +
        string.Concat(Enumerable.Repeat("}]", 400));
    private static readonly string Long = '"' + new string('x', 70_000) + '"';
    private readonly Random _random = new(seed);

    public byte[] Spoil(string json) => _random.Next(3) == 0 ? SpoilBytes(Encoding.UTF8.GetBytes(json)) : SpoilStructure(json);

    /// <summary>An element of a list by chance.</summary>
    public T Any<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    public int Below(int limit) => _random.Next(limit);

    private byte[] SpoilBytes(byte[] original)
    {
        var bytes = new List<byte>(original);
        for (var count = _random.Next(1, 9); count > 0; count--)
        {
            var at = _random.Next(bytes.Count + 1);
            var length = Math.Min(_random.Next(1, 40), bytes.Count - at);
            switch (_random.Next(7))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.InsertRange(at, Any(Tokens));
                    break;
                case 5:
                    bytes.InsertRange(at, Enumerable.Range(0, _random.Next(1, 8)).Select(_ => (byte)_random.Next(256)).ToArray());
                    break;
                case 6 when _random.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private byte[] SpoilStructure(string json)
    {
        var root = JsonNode.Parse(json);
        var inserted = new List<string>();
        for (var count = _random.Next(1, 4); count > 0 && root is not null; count--)
        {
            var nodes = new List<JsonNode>();
            Collect(root, nodes);
            var node = Any(nodes);
            switch (_random.Next(6))
            {
                case 0 when node is JsonObject { Count: > 0 } record:
                    record.Remove(record.ElementAt(_random.Next(record.Count)).Key);
                    break;
                case 1 when node is JsonObject { Count: > 0 } record:
                    // A name of its own for a value that another member has, or the name of another member for this one.
                    var names = record.Select(static member => member.Key).ToArray();
                    record[Any(names)] = record[Any(names)]?.DeepClone();
                    break;
                case 2 when node is JsonArray { Count: > 0 } list:
                    for (var i = _random.Next(1, 30); i > 0; i--)
                    {
                        list.Add(list[_random.Next(list.Count)]?.DeepClone());
                    }

                    break;
                case 3 when node is JsonArray list:
                    list.Insert(_random.Next(list.Count + 1), Value());
                    break;
                default:
                    root = Replace(root, node);
                    break;
            }
        }

        var text = new StringBuilder(root?.ToJsonString() ?? "null");
        for (var i = 0; i < inserted.Count; i++)
        {
            text.Replace($"\"@@{i}@@\"", inserted[i]);
        }

        // A member that comes twice: no tree holds it.
        if (_random.Next(10) == 0 && text.ToString().IndexOf('{', StringComparison.Ordinal) is >= 0 and var brace)
        {
            text.Insert(brace + 1, $"\"id\":{Any(Values)},");
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        // A place holder: not everything that can be written can be held by a tree.
        JsonNode Value()
        {
            inserted.Add(_random.Next(200) switch { 0 => Deep, 1 => Long, _ => Any(Values) });
            return $"@@{inserted.Count - 1}@@";
        }

        JsonNode? Replace(JsonNode root, JsonNode node)
        {
            var value = Value();
            switch (node.Parent)
            {
                case JsonObject parent:
                    parent[parent.First(member => member.Value == node).Key] = value;
                    return root;
                case JsonArray parent:
                    parent[node.GetElementIndex()] = value;
                    return root;
                default:
                    return value;
            }
        }
    }

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        nodes.Add(node);
        foreach (var child in node switch {
            JsonObject record => record.Select(static member => member.Value), JsonArray list => list, _ => [] })
        {
            if (child is not null)
            {
                Collect(child, nodes);
            }
        }
    }
}
