using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;
using Copper.Sandbox.Search;

namespace Copper.Sandbox.Endpoints;

/// <summary>Fetch, create, update, delete and search: the same five endpoints for each main entity.</summary>
internal static class RecordEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } = [.. EntitySchemas.Main.SelectMany(RoutesOf)];

    /// <summary>The record a path names; 404 if there is none.</summary>
    public static Record Find(ApiCall call, EntitySchema schema, long id) =>
        call.Account.Table(schema).Find(id) ?? throw ApiException.NotFound();

    /// <summary>A record in full.</summary>
    public static ApiResponse Respond(ApiCall call, EntitySchema schema, Record record) =>
        new(call.Account.Renderer.Render(schema, record, call.ComputedValues));

    /// <summary>The reply to a deletion.</summary>
    public static ApiResponse Deleted(long id) => new(JsonText.Bytes(writer => WriteDeleted(writer, id)));

    public static void WriteDeleted(Utf8JsonWriter writer, long id)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", id);
        writer.WriteBoolean("is_deleted", true);
        writer.WriteEndObject();
    }

    public static ApiResponse Search(ApiCall call, SearchSchema search) =>
        Respond(call, SearchQuery.Parse(search, call.Body, call.Account, call.Now));

    /// <summary>One page of a search, with the total.</summary>
    public static ApiResponse Respond(ApiCall call, SearchQuery query)
    {
        var records = call.State.Search.Run(query, call.Now);
        var page = query.Page.Of(records, call.Options.SearchCap);
        byte[] body = call.Account.Renderer.RenderArray(query.Schema.Entity, page, call.ComputedValues);
        return new ApiResponse(body, records.Count + call.Options.TotalSurplus);
    }

    private static Route[] RoutesOf(EntitySchema schema)
    {
        string one = $"/{schema.Path}/{{id}}";
        var search = SearchSchemas.Of(schema);
        return
        [
            Router.WithComputedValues("GET", one, call => Respond(call, schema, Find(call, schema, call.IdArgument(0)))),
            Router.WithComputedValues("POST", "/" + schema.Path, call => Respond(call, schema, call.Editor.Create(schema, call.Body))),
            Router.WithComputedValues("PUT", one, call =>
                Respond(call, schema, call.Editor.Update(schema, Find(call, schema, call.IdArgument(0)), call.Body))),
            new("DELETE", one, call => Delete(call, schema)),
            Router.WithComputedValues("POST", $"/{schema.Path}/search", call => Search(call, search)),
        ];
    }

    private static ApiResponse Delete(ApiCall call, EntitySchema schema)
    {
        var record = Find(call, schema, call.IdArgument(0));
        call.Editor.Delete(schema, record);
        return Deleted(record.Id);
    }
}
