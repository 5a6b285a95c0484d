using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copper.SandboxHost.Faults;

namespace Copper.SandboxHost.Pipeline;

/// <summary>Changes the JSON of a response in the ways that the vendor's change policy allows.</summary>
public static class ResponseChanger
{
    private const NumberStyles PlainNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>What <see cref="ResponseChange.BigIds"/> adds to an id.</summary>
    public const long IdShift = 1L << 40;

    /// <summary>The name of the last member that <see cref="ResponseChange.NewMembers"/> adds to an object.</summary>
    public const string NewMember = "zz_new_member";

    /// <summary>The word that <see cref="ResponseChange.NewWords"/> puts in.</summary>
    public const string NewWord = "Brandnew Word";

    /// <summary>The fields that hold one of a list of words today.</summary>
    private static readonly HashSet<string> Enumerated =
    [
        "category", "priority", "status", "type", "data_type", "event", "pipeline_type", "field_type", "field_key", "icon_type",
        "content_type",
        "entity_type", "available_on", "monetary_unit", "converted_unit", "currency", "country", "canonical_name",
    ];

    private static readonly string[] Details =
    [
        """{"subject":"Hi","to":[{"email":"a@example.com"}],"body":{"html":"<p>x</p>","parts":[1,2.5,null,true]}}""",
        """["a",{"b":[]},null]""", "42", "true", "null", "\"\"", "12345678901234567890.5",
    ];

    /// <summary>The body after the change; what is no JSON stays as it is.</summary>
    public static byte[] Change(byte[] body, ResponseChange change)
    {
        if (body.Length == 0 || change == ResponseChange.None)
        {
            return body;
        }

        int turn = 0;
        var root = JsonNode.Parse(body);
        return JsonSerializer.SerializeToUtf8Bytes(Of(root, null));

        JsonNode? Of(JsonNode? node, string? name) => node switch
        {
            JsonObject record => OfObject(record, name),
            JsonArray list => OfArray(list, name),
            _ => OfValue(node?.DeepClone(), name),
        };

        JsonNode? OfArray(JsonArray list, string? name)
        {
            if (change == ResponseChange.MissingMembers && name is not null && turn++ % 2 == 0)
            {
                return null;
            }

            var changed = new JsonArray([.. list.Select(item => Of(item, name))]);
            if (change == ResponseChange.Nulls && list.Any(static item => item is JsonObject))
            {
                changed.Insert(0, null);
            }

            return changed;
        }

        JsonNode? OfObject(JsonObject record, string? name)
        {
            if (change == ResponseChange.MissingMembers && name is not null && turn++ % 2 == 0)
            {
                return null;
            }

            // A response about another record than the one asked for would be an error: its own id stays.
            var keepsId = change == ResponseChange.BigIds && ReferenceEquals(record, root);
            var members = record
                .Select(member => KeyValuePair.Create(
                    member.Key, keepsId && member.Key == "id" ? member.Value?.DeepClone() : Of(member.Value, member.Key)))
                .ToList();
            switch (change)
            {
                case ResponseChange.NewMembers:
                    members.Insert(0, KeyValuePair.Create("aa_new_member", (JsonNode?)new JsonArray(1, "two", null)));
                    members.Add(KeyValuePair.Create(NewMember,
                        (JsonNode?)new JsonObject {
                            ["text"] = "tomorrow", ["deep"] = new JsonObject { ["list"] = new JsonArray(true, 2.5) } }));
                    break;
                case ResponseChange.Reordered:
                    members.Reverse();
                    break;
                case ResponseChange.MissingMembers:
                    members.RemoveAll(member => member.Key != "id" && turn++ % 3 == 0);
                    break;
                case ResponseChange.NewActivities when record.ContainsKey("activity_date"):
                    members.RemoveAll(static member => member.Key is "details" or "type" or "parent");
                    members.Add(KeyValuePair.Create("details", JsonNode.Parse(Details[turn % Details.Length])));
                    members.Add(KeyValuePair.Create("type",
                        (JsonNode?)new JsonObject { ["category"] = "robot", ["id"] = 9_000_000_000, ["flavour"] = "new" }));
                    members.Add(KeyValuePair.Create("parent", turn++ % 2 == 0 ? null
                        : (JsonNode?)new JsonObject { ["type"] = "spaceship", ["id"] = 7 }));
                    break;
            }

            return new JsonObject(members);
        }

        JsonNode? OfValue(JsonNode? value, string? name) => change switch
        {
            ResponseChange.NewWords when name is not null && Enumerated.Contains(name) && IsText(value, out _) => NewWord,
            ResponseChange.NumbersAsText when value?.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
            ResponseChange.TextAsNumbers when IsText(value, out var text)
                && decimal.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out var number)
                && number.ToString(CultureInfo.InvariantCulture) == text => number,
            ResponseChange.BigIds when IsId(name) && value?.GetValueKind() == JsonValueKind.Number => value.GetValue<long>() + IdShift,
            ResponseChange.Nulls when name != "id" => null,
            ResponseChange.EditedMessages when name is "message" or "error" && IsText(value, out _) =>
                "Die Anfrage wurde überarbeitet – 请求已更改.",
            _ => value,
        };
    }

    /// <summary>id, ids and what ends in _id or _ids.</summary>
    private static bool IsId(string? name) => name is "id" or "ids" || name?.EndsWith("_id", StringComparison.Ordinal) == true
        || name?.EndsWith("_ids", StringComparison.Ordinal) == true;

    private static bool IsText(JsonNode? value, out string text)
    {
        text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : string.Empty;
        return value?.GetValueKind() == JsonValueKind.String;
    }
}
