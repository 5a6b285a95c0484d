using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Endpoints;

/// <summary>
/// Up to ten creations or updates in one request. It always succeeds as a whole; each item says how it went.
/// Source: developer.copper.com, the bulk pages of leads, people, companies, opportunities and activities.
/// </summary>
internal static class BulkEndpoints
{
    private const int MaximumItems = 10;

    public static IReadOnlyList<Route> Routes { get; } =
    [
        Create(EntitySchemas.Lead),
        Update(EntitySchemas.Lead),
        Create(EntitySchemas.Person),
        Update(EntitySchemas.Person),
        Create(EntitySchemas.Company),
        Update(EntitySchemas.Company),
        Create(EntitySchemas.Opportunity),
        new("POST", "/activities/bulk_create", call =>
            Run(call, EntitySchemas.Activity, (item, _) => CreateItem(call, EntitySchemas.Activity, item))),
    ];

    private static Route Create(EntitySchema schema) => Router.WithComputedValues(
        "POST", $"/{schema.Path}/bulk_create", call => Run(call, schema, (item, _) => CreateItem(call, schema, item)));

    private static Route Update(EntitySchema schema) => Router.WithComputedValues(
        "POST", $"/{schema.Path}/bulk_update", call => Run(call, schema, (item, id) => UpdateItem(call, schema, item, id)));

    private static ApiResponse Run(ApiCall call, EntitySchema schema, Func<JsonElement, long?, Record> apply)
    {
        call.AllowOnly(schema.Path);
        if (!call.Body.TryGetProperty(schema.Path, out var items) || items.ValueKind != JsonValueKind.Array)
        {
            throw ApiException.Invalid(schema.Path, "must be an array");
        }

        if (items.GetArrayLength() > MaximumItems)
        {
            throw ApiException.BulkTooLarge(MaximumItems);
        }

        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartArray();
            foreach (var item in items.EnumerateArray())
            {
                WriteOutcome(writer, call, schema, item, apply);
            }

            writer.WriteEndArray();
        }));
    }

    private static Record CreateItem(ApiCall call, EntitySchema schema, JsonElement item) => call.Editor.Create(schema, item);

    private static Record UpdateItem(ApiCall call, EntitySchema schema, JsonElement item, long? id)
    {
        var record = id is null ? throw ApiException.Invalid("id", "can't be blank") : RecordEndpoints.Find(call, schema, id.Value);
        var attributes = item.EnumerateObject().Where(member => member.Name != "id")
            .ToDictionary(member => member.Name, member => member.Value);
        return call.Editor.Update(schema, record, JsonSerializer.SerializeToElement(attributes));
    }

    private static void WriteOutcome(
        Utf8JsonWriter writer, ApiCall call, EntitySchema schema, JsonElement item, Func<JsonElement, long?, Record> apply)
    {
        long? id = null;
        try
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw ApiException.Invalid("base", "must be an object");
            }

            id = item.TryGetProperty("id", out var json) && JsonValues.TryGetInteger(json, out long number) ? number : null;
            writer.WriteRawValue(call.Account.Renderer.Render(schema, apply(item, id), call.ComputedValues));
        }
        catch (ApiException error)
        {
            WriteFailure(writer, error, id);
        }
    }

    private static void WriteFailure(Utf8JsonWriter writer, ApiException error, long? id)
    {
        writer.WriteStartObject();
        if (id is not null)
        {
            writer.WriteNumber("id", id.Value);
        }

        writer.WriteBoolean("success", false);
        writer.WritePropertyName("message");
        (error.Errors ?? ValidationErrors.Of("base", error.Message)).WriteObject(writer);
        writer.WriteEndObject();
    }
}
