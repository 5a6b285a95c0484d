using System.Text.Json;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>An <c>{id, type}</c> pair whose record has to exist.</summary>
internal sealed class ResourceReferenceType(params string[] types) : AttributeType
{
    private bool _isPairWhenEmpty;

    /// <summary>What a task can belong to. Source: developer.copper.com/related-items/overview. One that belongs to nothing has
    /// <c>{"id":null,"type":null}</c>, as published responses show; a project has null.</summary>
    public static ResourceReferenceType RelatedToTask { get; } =
        new("lead", "person", "company", "opportunity", "project") { _isPairWhenEmpty = true };

    public static ResourceReferenceType RelatedToProject { get; } = new("person", "company", "opportunity", "task");

    /// <summary>What an activity can be logged on.</summary>
    public static ResourceReferenceType Parent { get; } = new("lead", "person", "company", "opportunity", "project", "task");

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (IsEmptyPair(json))
        {
            return null;
        }

        var reference = Parse(json);
        if (reference is null)
        {
            return reading.Fail("must be an object of id and type");
        }

        if (!types.Contains(reference.Type))
        {
            return reading.Fail("type must be one of " + string.Join(", ", types));
        }

        return reading.Account.Exists(reference) ? reference : reading.Fail($"no {reference.Type} with id {reference.Id}");
    }

    public override void WriteNone(Utf8JsonWriter writer)
    {
        if (!_isPairWhenEmpty)
        {
            base.WriteNone(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteNull("id");
        writer.WriteNull("type");
        writer.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter writer, object value) => WriteReference(writer, (ResourceReference)value);

    public static void WriteReference(Utf8JsonWriter writer, ResourceReference reference)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", reference.Id);
        writer.WriteString("type", reference.Type);
        writer.WriteEndObject();
    }

    /// <summary>Clients send back what they read: the pair of nulls means no record.</summary>
    private static bool IsEmptyPair(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Null
        && json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Null;

    /// <summary>Reads exactly <c>{id, type}</c> with a positive id; null for anything else.</summary>
    public static ResourceReference? Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Count() != 2)
        {
            return null;
        }

        return json.TryGetProperty("id", out var id) && JsonValues.TryGetInteger(id, out long number) && number > 0
            && json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                ? new ResourceReference(type.GetString()!, number)
                : null;
    }
}
