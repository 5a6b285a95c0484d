using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Endpoints;

/// <summary>Custom field definitions: listed whole, created, changed and deleted.</summary>
internal static class CustomFieldDefinitionEndpoints
{
    private const string One = "/custom_field_definitions/{id}";

    private static readonly EntitySchema Schema = EntitySchemas.CustomFieldDefinition;

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/custom_field_definitions", List),
        new("GET", One, call => new(JsonText.Bytes(writer => WriteRead(writer, call, Find(call))))),
        new("POST", "/custom_field_definitions", call => Respond(call, call.Editor.Create(Schema, call.Body))),
        new("PUT", One, call => Respond(call, call.Editor.Update(Schema, Find(call), call.Body))),
        new("DELETE", One, Delete),
    ];

    private static ApiResponse List(ApiCall call) =>
        new(JsonText.Bytes(writer =>
        {
            writer.WriteStartArray();
            foreach (var record in call.Account.Table(Schema).All.OrderBy(record => record.Id))
            {
                WriteRead(writer, call, record);
            }

            writer.WriteEndArray();
        }));

    private static Record Find(ApiCall call) => RecordEndpoints.Find(call, Schema, call.IdArgument(0));

    /// <summary>The reply to a creation or an update: with the canonical name, and the options in the order of their ranks.</summary>
    private static ApiResponse Respond(ApiCall call, Record record) =>
        new(JsonText.Bytes(writer => Write(writer, call, record, static member =>
        member.Name == "options" ? member.Value.EnumerateArray().OrderBy(option => option.GetProperty("rank").GetInt64()) : null)));

    /// <summary>A definition as reading shows it: without the canonical name, the option with the highest rank first.</summary>
    private static void WriteRead(Utf8JsonWriter writer, ApiCall call, Record record) => Write(writer, call, record, static member =>
        member.Name == "canonical_name" ? [] : null);

    /// <summary>Writes a definition; what is given for a member takes its place, and nothing instead leaves it out.</summary>
    private static void Write(
        Utf8JsonWriter writer, ApiCall call, Record record, Func<JsonProperty, IEnumerable<JsonElement>?> replace)
    {
        using var rendered = JsonDocument.Parse(call.Account.Renderer.Render(Schema, record));
        writer.WriteStartObject();
        foreach (var member in rendered.RootElement.EnumerateObject())
        {
            var items = replace(member)?.ToArray();
            if (items is null)
            {
                member.WriteTo(writer);
            }
            else if (items.Length > 0)
            {
                writer.WriteStartArray(member.Name);
                foreach (var item in items)
                {
                    item.WriteTo(writer);
                }

                writer.WriteEndArray();
            }
        }

        writer.WriteEndObject();
    }

    private static ApiResponse Delete(ApiCall call)
    {
        var record = Find(call);
        call.Editor.Delete(Schema, record);
        return RecordEndpoints.Deleted(record.Id);
    }
}
