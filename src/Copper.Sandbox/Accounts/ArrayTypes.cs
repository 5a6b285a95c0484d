using System.Text.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>A list of contact points. The list sent replaces the one stored.</summary>
internal sealed class ContactPointArrayType(ContactPointType item) : AttributeType
{
    public override object? Empty => Array.Empty<ContactPoint>();

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return reading.Fail("must be an array");
        }

        var points = new List<ContactPoint>();
        foreach (var element in json.EnumerateArray())
        {
            if (item.Read(element, reading) is ContactPoint point)
            {
                points.Add(point);
            }
        }

        return points.ToArray();
    }

    public override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        foreach (var point in (ContactPoint[])value)
        {
            item.Write(writer, point);
        }

        writer.WriteEndArray();
    }
}

/// <summary>A list of plain strings, such as tags. The list sent replaces the one stored.</summary>
internal sealed class StringArrayType(params string[] allowed) : AttributeType
{
    public override object? Empty => Array.Empty<string>();

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            return reading.Fail("must be an array of strings");
        }

        string[] items = json.EnumerateArray().Select(item => item.GetString()!).Distinct().ToArray();
        string? stranger = allowed.Length == 0 ? null : items.FirstOrDefault(item => !allowed.Contains(item));
        return stranger is null ? items : reading.Fail("must be among " + string.Join(", ", allowed));
    }

    public override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        foreach (string item in (string[])value)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }
}
