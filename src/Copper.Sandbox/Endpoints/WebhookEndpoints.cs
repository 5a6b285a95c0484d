using Copper.Sandbox.Accounts;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Endpoints;

/// <summary>Webhook subscriptions.</summary>
internal static class WebhookEndpoints
{
    private const string One = "/webhooks/{id}";

    private static readonly EntitySchema Schema = EntitySchemas.Webhook;

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/webhooks", call =>
            new(call.Account.Renderer.RenderArray(Schema, call.Account.Table(Schema).All.OrderBy(record => record.Id)))),
        new("GET", One, call => Respond(call, Find(call))),
        new("POST", "/webhooks", call => Respond(call, call.Editor.Create(Schema, call.Body))),
        new("PUT", One, call => Respond(call, call.Editor.Update(Schema, Find(call), call.Body))),
        new("DELETE", One, Delete),
    ];

    private static Record Find(ApiCall call) => RecordEndpoints.Find(call, Schema, call.IdArgument(0));

    private static ApiResponse Respond(ApiCall call, Record record) => new(call.Account.Renderer.Render(Schema, record));

    /// <summary>Unlike other deletions this one responds with the id alone.</summary>
    private static ApiResponse Delete(ApiCall call)
    {
        var record = Find(call);
        call.Editor.Delete(Schema, record);
        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", record.Id);
            writer.WriteEndObject();
        }));
    }
}
