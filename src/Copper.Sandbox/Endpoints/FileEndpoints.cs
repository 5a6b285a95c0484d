using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Files;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Endpoints;

/// <summary>Files attached to records of all main entities but tasks.</summary>
internal static class FileEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } =
        [.. EntitySchemas.Main.Where(schema => schema != EntitySchemas.Task).SelectMany(RoutesOf)];

    private static Route[] RoutesOf(EntitySchema schema)
    {
        string files = $"/{schema.Path}/{{id}}/files";
        return
        [
            new("GET", files, call => List(call, schema)),
            new("GET", files + "/{file_id}", call => Respond(FindFile(call, schema))),
            new("GET", files + "/s3_signed_url", call => IssueTicket(call, schema)),
            new("POST", files, call => Attach(call, schema)),
            new("DELETE", files + "/{file_id}", call => Delete(call, schema)),
        ];
    }

    private static ResourceReference FindRecord(ApiCall call, EntitySchema schema) =>
        new(schema.Type, RecordEndpoints.Find(call, schema, call.IdArgument(0)).Id);

    private static AttachedFile FindFile(ApiCall call, EntitySchema schema)
    {
        long fileId = call.IdArgument(1);
        return call.Account.Files.Of(FindRecord(call, schema)).FirstOrDefault(file => file.Id == fileId) ?? throw ApiException.NotFound();
    }

    private static ApiResponse Respond(AttachedFile file) => new(JsonText.Bytes(file.Write));

    private static ApiResponse List(ApiCall call, EntitySchema schema)
    {
        var files = call.Account.Files.Of(FindRecord(call, schema));
        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartArray();
            foreach (var file in files)
            {
                file.Write(writer);
            }

            writer.WriteEndArray();
        }));
    }

    private static ApiResponse IssueTicket(ApiCall call, EntitySchema schema)
    {
        FindRecord(call, schema);
        return new ApiResponse(JsonText.Bytes(call.Account.Files.IssueTicket(call.Now).Write));
    }

    private static ApiResponse Attach(ApiCall call, EntitySchema schema)
    {
        var record = FindRecord(call, schema);
        call.AllowOnly("file_name", "key");
        string fileName = ReadText(call, "file_name");
        string key = ReadText(call, "key");
        return Respond(call.Account.Files.Attach(record, fileName, key, call.Account.Owner, call.Now)
            ?? throw ApiException.Invalid("key", "nothing was uploaded under this key"));
    }

    private static ApiResponse Delete(ApiCall call, EntitySchema schema)
    {
        var file = FindFile(call, schema);
        call.Account.Files.Remove(file);
        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("removed", true);
            writer.WritePropertyName("resource");
            ResourceReferenceType.WriteReference(writer, new ResourceReference("filedocument", file.Id));
            writer.WriteEndObject();
        }));
    }

    private static string ReadText(ApiCall call, string member) =>
        call.Body.TryGetProperty(member, out var json) && json.ValueKind == JsonValueKind.String
            && !string.IsNullOrWhiteSpace(json.GetString())
            ? json.GetString()!
            : throw ApiException.Invalid(member, "can't be blank");
}
