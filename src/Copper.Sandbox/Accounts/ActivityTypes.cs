using System.Text.Json;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Accounts;

/// <summary>Names an activity type; ids are unique within a category only.</summary>
internal sealed record ActivityTypeKey(string Category, long Id)
{
    /// <summary>The note: the one user type that every account has.</summary>
    public static ActivityTypeKey Note { get; } = new("user", 0);

    public static ActivityTypeKey PropertyChanged { get; } = new("system", 1);

    public static ActivityTypeKey PipelineStageChanged { get; } = new("system", 3);

    /// <summary>
    /// What the service logs, in the order of a live response, which showed the ids and that only 6 counts as an interaction.
    /// The names of all but the two above are assumed.
    /// </summary>
    public static (ActivityTypeKey Key, string Name, bool CountsAsInteraction)[] System { get; } =
    [
        (PropertyChanged, "Property Changed", false),
        (new("system", 2), "User Assigned", false),
        (PipelineStageChanged, "Pipeline Stage Changed", false),
        (new("system", 8), "Lead Converted", false),
        (new("system", 12), "File Attached", false),
        (new("system", 6), "Email", true),
    ];

    /// <summary>Reads category and id; all other members are ignored, as the documentation of activity types says.</summary>
    public static ActivityTypeKey? Parse(JsonElement json)
    {
        return json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("category", out var category) && category.ValueKind == JsonValueKind.String
            && json.TryGetProperty("id", out var id) && JsonValues.TryGetInteger(id, out long number)
                ? new ActivityTypeKey(category.GetString()!, number)
                : null;
    }
}

/// <summary>The type of an activity. Clients may only write enabled types of the category "user".</summary>
internal sealed class ActivityTypeType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading)
    {
        var key = ActivityTypeKey.Parse(json);
        if (key is null)
        {
            return reading.Fail("must be an object of category and id");
        }

        if (key.Category != "user")
        {
            return reading.Fail("only activities of the category user can be written");
        }

        return reading.Account.IsUsableActivityType(key.Id) ? key : reading.Fail($"no enabled activity type with id {key.Id}");
    }

    public override void Write(Utf8JsonWriter writer, object value)
    {
        var key = (ActivityTypeKey)value;
        writer.WriteStartObject();
        writer.WriteNumber("id", key.Id);
        writer.WriteString("category", key.Category);
        writer.WriteEndObject();
    }
}

/// <summary>Text for what users log; system entries hold objects, kept as JSON text in a <see cref="RawJson"/>.</summary>
internal sealed class ActivityDetailsType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading) =>
        json.ValueKind == JsonValueKind.String ? json.GetString() : reading.Fail("must be a string");

    public override void Write(Utf8JsonWriter writer, object value)
    {
        if (value is RawJson raw)
        {
            writer.WriteRawValue(raw.Text);
        }
        else
        {
            writer.WriteStringValue((string)value);
        }
    }
}

/// <summary>A piece of JSON that is handed out as it is.</summary>
internal sealed record RawJson(string Text);
