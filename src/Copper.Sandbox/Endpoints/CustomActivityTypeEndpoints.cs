using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Endpoints;

/// <summary>Activity types: the list to choose from, and the account's own ones, which can be created and updated but not
/// deleted.</summary>
internal static class CustomActivityTypeEndpoints
{
    private const string One = "/custom_activity_types/{id}";

    private static readonly EntitySchema Schema = EntitySchemas.CustomActivityType;

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/activity_types", ListTypes),
        new("GET", "/custom_activity_types", call => new(call.Account.Renderer.RenderArray(Schema, All(call)))),
        new("GET", One, call => Respond(call, Find(call))),
        new("POST", "/custom_activity_types", call => Respond(call, call.Editor.Create(Schema, call.Body))),
        new("PUT", One, call => Respond(call, call.Editor.Update(Schema, Find(call), call.Body))),
    ];

    private static IEnumerable<Record> All(ApiCall call) => call.Account.Table(Schema).All.OrderBy(record => record.Id);

    private static Record Find(ApiCall call) => RecordEndpoints.Find(call, Schema, call.IdArgument(0));

    private static ApiResponse Respond(ApiCall call, Record record) => new(call.Account.Renderer.Render(Schema, record));

    /// <summary>Unlike all other lists an object: one array for each category.</summary>
    private static ApiResponse ListTypes(ApiCall call) => new(JsonText.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("user");
        WriteType(writer, ActivityTypeKey.Note, "Note", isDisabled: false, countsAsInteraction: false);
        foreach (var type in All(call))
        {
            var key = new ActivityTypeKey("user", type.Id);
            bool isDisabled = Schema.Get<object>(type, "is_disabled") is true;
            WriteType(writer, key, Schema.Get<string>(type, "name")!, isDisabled, call.Account.CountsAsInteraction(key));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("system");
        foreach (var (key, name, countsAsInteraction) in ActivityTypeKey.System)
        {
            WriteType(writer, key, name, isDisabled: false, countsAsInteraction);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static void WriteType(Utf8JsonWriter writer, ActivityTypeKey key, string name, bool isDisabled, bool countsAsInteraction)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", key.Id);
        writer.WriteString("category", key.Category);
        writer.WriteString("name", name);
        writer.WriteBoolean("is_disabled", isDisabled);
        writer.WriteBoolean("count_as_interaction", countsAsInteraction);
        writer.WriteEndObject();
    }
}
