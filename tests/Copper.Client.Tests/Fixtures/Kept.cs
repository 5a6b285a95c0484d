using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Copper.Client.Json;
using Copper.Client.Models;
using JsonArray = System.Text.Json.Nodes.JsonArray;

namespace Copper.Client.Tests.Fixtures;

/// <summary>Whether everything that the service sent is in what was read: in a property, or among the additional members.</summary>
internal static class Kept
{
    /// <summary>The members that are lost, or read as something else, each with its path.</summary>
    public static IEnumerable<string> Lost(JsonNode? sent, object? read, string path = "$")
    {
        if (sent is JsonObject or JsonArray && read is string raw)
        {
            // Text takes whatever comes, as JSON.
            return JsonNode.DeepEquals(JsonNode.Parse(raw), sent) ? [] : [path];
        }

        if (sent is JsonObject && read is IList { Count: 1 } single)
        {
            // One item may come without its list.
            return Lost(sent, single[0], path);
        }

        if (sent is JsonObject members)
        {
            if (read is null && members.All(static member => member.Value is null))
            {
                return [];
            }

            return members.SelectMany(member => LostMember(member.Key, member.Value, read, $"{path}.{member.Key}"));
        }

        if (sent is JsonArray array)
        {
            return LostItems(array, read, path);
        }

        return sent is null || Fits(sent.AsValue(), read) ? [] : [$"{path} was {sent.ToJsonString()} and is {read ?? "null"}"];
    }

    private static IEnumerable<string> LostMember(string name, JsonNode? sent, object? owner, string path)
    {
        if (sent is null or JsonArray { Count: 0 })
        {
            return [];
        }

        switch (owner)
        {
            case null:
                return [$"{path} has nowhere to be"];
            case CopperSecretMap secrets:
                return secrets.ContainsKey(name) ? [] : [path];
            case AdditionalMembers values:
                return values.TryGetValue(name, out var value) ? Lost(sent, value, path) : [path];
        }

        var additional = owner.GetType().GetProperty(nameof(AdditionalMembers))?.GetValue(owner) as AdditionalMembers;
        if (additional is not null && additional.TryGetValue(name, out var kept))
        {
            // Of a secret a mask is kept.
            return kept as string == CopperSecretMap.Mask ? [] : Lost(sent, kept, path);
        }

        var property = Array.Find(
            owner.GetType().GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance),
            property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null
                && (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(
                    property.Name)) == name);
        if (owner is CopperLeadConversion && property?.GetValue(owner) is null && sent is JsonValue)
        {
            // In place of a record the service may send its id.
            return Lost(sent, owner.GetType().GetProperty(property!.Name + "Id")?.GetValue(owner), path);
        }

        return property is null ? [path + " has no property"] : Lost(sent, property.GetValue(owner), path);
    }

    private static IEnumerable<string> LostItems(JsonArray sent, object? read, string path)
    {
        var items = sent.Where(static item => item is not null).ToArray();
        if (read is CopperCustomFieldList fields)
        {
            // Those without a value are apart from the others.
            return items.SelectMany((item, place) =>
                fields.Concat(fields.WithoutValue).Any(field => !Lost(item, field).Any()) ? [] : new[] { $"{path}[{place}]" });
        }

        if (read is not IEnumerable list || read is string)
        {
            return items.Length == 1 ? Lost(items[0], read, path) : [$"{path} is no list"];
        }

        var got = list.Cast<object?>().Where(static item => item is not null).ToArray();
        return got.Length != items.Length ? [$"{path} has {got.Length} of {items.Length} items"]
            : items.SelectMany((item, place) => Lost(item, got[place], $"{path}[{place}]"));
    }

    private static bool Fits(JsonValue sent, object? read)
    {
        var text = sent.GetValueKind() == JsonValueKind.String ? sent.GetValue<string>() : sent.ToJsonString();
        return read switch
        {
            null => false,
            string value => value == text || CopperEntities.FindPrimary(text)?.Name == value,
            bool value => string.Equals(text, value ? "true" : "false", StringComparison.OrdinalIgnoreCase) || text == (value ? "1" : "0"),
            DateTimeOffset value => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                ? value.ToUnixTimeMilliseconds() == seconds * 1000
                : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                    && value == time,
            DateTime value =>
                text.Contains(value.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) || long.TryParse(text, out _),
            double value => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == value,
            long or int or decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number == Convert.ToDecimal(read, CultureInfo.InvariantCulture),
            CopperTag tag => tag.Name == text,
            IEnumerable list => list.Cast<object?>().Count() == 1 && Fits(sent, list.Cast<object?>().Single()),
            _ => read.ToString() == text,
        };
    }
}
