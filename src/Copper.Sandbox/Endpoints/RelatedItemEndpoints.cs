using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Endpoints;

/// <summary>Relations between records. Paths name entities in the plural, bodies in the singular.</summary>
internal static class RelatedItemEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } = [.. EntitySchemas.Main.SelectMany(RoutesOf)];

    private static Route[] RoutesOf(EntitySchema schema)
    {
        string path = $"/{schema.Path}/{{id}}/related";
        return
        [
            new("GET", path, call => List(call, FindRecord(call, schema), null)),
            new("GET", path + "/{related_entity}", call => ListOfType(call, schema)),
            new("POST", path, call => Add(call, schema)),
            new("DELETE", path, call => Remove(call, schema)),
        ];
    }

    private static ResourceReference FindRecord(ApiCall call, EntitySchema schema) =>
        new(schema.Type, RecordEndpoints.Find(call, schema, call.IdArgument(0)).Id);

    private static ApiResponse ListOfType(ApiCall call, EntitySchema schema)
    {
        var record = FindRecord(call, schema);
        var related = EntitySchemas.FindByPath(call.Argument(1));
        return related is not null && Relations.IsAllowed(schema.Type, related.Type)
            ? List(call, record, related.Type)
            : throw ApiException.Invalid("base", $"{schema.Path} can't be related to {call.Argument(1)}");
    }

    private static ApiResponse List(ApiCall call, ResourceReference record, string? type)
    {
        var related = call.Account.Relations.Of(record).Where(other => type is null || other.Type == type).OrderBy(other => other.Type)
            .ThenBy(other => other.Id);
        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartArray();
            foreach (var other in related)
            {
                ResourceReferenceType.WriteReference(writer, other);
            }

            writer.WriteEndArray();
        }));
    }

    private static ApiResponse Add(ApiCall call, EntitySchema schema)
    {
        var record = FindRecord(call, schema);
        var resource = ReadResource(call, schema);
        if (!call.Account.Exists(resource))
        {
            throw ApiException.Invalid("resource", $"no {resource.Type} with id {resource.Id}");
        }

        call.Account.Relations.Add(record, resource);
        call.Account.Touch();
        return Respond("added", resource);
    }

    private static ApiResponse Remove(ApiCall call, EntitySchema schema)
    {
        var record = FindRecord(call, schema);
        var resource = ReadResource(call, schema);
        if (!call.Account.Exists(resource) || !call.Account.Relations.Remove(record, resource))
        {
            throw ApiException.Unprocessable("Invalid request: Resources are not related");
        }

        call.Account.Touch();
        return Respond("removed", resource);
    }

    /// <summary>Reads <c>{"resource":{"id":7,"type":"company"}}</c>, also from the body of a DELETE.</summary>
    private static ResourceReference ReadResource(ApiCall call, EntitySchema schema)
    {
        call.AllowOnly("resource");
        var resource = call.Body.TryGetProperty("resource", out var json) ? ResourceReferenceType.Parse(json) : null;
        if (resource is null)
        {
            throw ApiException.Invalid("resource", "must be an object of id and type");
        }

        return Relations.IsAllowed(schema.Type, resource.Type)
            ? resource
            : throw ApiException.Invalid("resource", $"a {schema.Type} can't be related to a {resource.Type}");
    }

    private static ApiResponse Respond(string outcome, ResourceReference resource) => new(JsonText.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean(outcome, true);
        writer.WritePropertyName("resource");
        ResourceReferenceType.WriteReference(writer, resource);
        writer.WriteEndObject();
    }));
}
