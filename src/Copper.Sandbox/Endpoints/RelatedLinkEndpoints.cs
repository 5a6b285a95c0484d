using System.Globalization;
using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;
using Copper.Sandbox.Links;

namespace Copper.Sandbox.Endpoints;

/// <summary>Connections created with connect fields.</summary>
internal static class RelatedLinkEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/related_links", List) { QueryParameters = ["source_type", "source_id", "custom_field_definition_id"] },
        new("POST", "/related_links", Create),
        new("DELETE", "/related_links/{id}", Delete),
    ];

    private static ApiResponse List(ApiCall call)
    {
        string? type = call.Query("source_type");

        // A backup tool asks this for every task; tasks have no connections, and the safe reading is that there are none.
        if (type == "task")
        {
            return new ApiResponse(JsonText.Bytes(writer =>
            {
                writer.WriteStartArray();
                writer.WriteEndArray();
            }));
        }

        if (!ConnectionEnd.EntityTypes.Contains(type))
        {
            throw ApiException.Invalid("source_type", "must be one of " + string.Join(", ", ConnectionEnd.EntityTypes));
        }

        var end = new ConnectionEnd(type!, IdQuery(call, "source_id") ?? throw ApiException.Invalid("source_id", "can't be blank"));
        long? definitionId = IdQuery(call, "custom_field_definition_id");
        if (call.Account.NameOf(end) is null)
        {
            throw ApiException.NotFound();
        }

        if (definitionId is not null)
        {
            CheckDefinition(call, definitionId.Value);
        }

        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartArray();
            foreach (var connection in call.Account.Connections.Of(end, definitionId))
            {
                Write(writer, call.Account, connection);
            }

            writer.WriteEndArray();
        }));
    }

    private static ApiResponse Create(ApiCall call)
    {
        call.AllowOnly("custom_field_definition_id", "source", "target");
        if (!call.Body.TryGetProperty("custom_field_definition_id", out var json)
            || !JsonValues.TryGetInteger(json, out long definitionId))
        {
            throw ApiException.Invalid("custom_field_definition_id", "can't be blank");
        }

        var definition = CheckDefinition(call, definitionId);
        var source = ReadEnd(call, "source");
        var target = ReadEnd(call, "target");
        if (!definition.AvailableOn.Contains(source.RecordType))
        {
            throw ApiException.Invalid("source", $"custom field {definitionId} is not available on {source.EntityType}");
        }

        if (call.Account.Connections.Of(source, definitionId).Any(other => other.Target.Equals(target) || other.Source.Equals(target)))
        {
            throw ApiException.Invalid("base", "the records are connected already");
        }

        var connection = call.Account.Connections.Add(definitionId, source, target);
        call.Account.InvalidateRendered();
        return new ApiResponse(JsonText.Bytes(writer => Write(writer, call.Account, connection)));
    }

    /// <summary>One connection is two links, and both are gone.</summary>
    private static ApiResponse Delete(ApiCall call)
    {
        var connection = call.Account.Connections.Remove(call.IdArgument(0)) ?? throw ApiException.NotFound();
        call.Account.InvalidateRendered();
        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("ids");
            writer.WriteNumberValue(connection.Id);
            writer.WriteNumberValue(connection.ReverseId);
            writer.WriteEndArray();
            writer.WriteBoolean("is_deleted", true);
            writer.WriteEndObject();
        }));
    }

    private static CustomFieldDefinition CheckDefinition(ApiCall call, long id) =>
        call.Account.FindCustomField(id) is { DataType: "Connect" } definition
            ? definition
            : throw ApiException.Invalid("custom_field_definition_id", "must be the id of a connect field");

    private static ConnectionEnd ReadEnd(ApiCall call, string member)
    {
        if (!call.Body.TryGetProperty(member, out var json) || json.ValueKind != JsonValueKind.Object
            || json.EnumerateObject().Count() != 2
            || !json.TryGetProperty("id", out var id) || !JsonValues.TryGetInteger(id, out long number)
            || !json.TryGetProperty("entity_type", out var type) || type.ValueKind != JsonValueKind.String
            || !ConnectionEnd.EntityTypes.Contains(type.GetString()))
        {
            throw ApiException.Invalid(member, "must be an object of id and entity_type");
        }

        var end = new ConnectionEnd(type.GetString()!, number);
        return call.Account.NameOf(end) is null ? throw ApiException.Invalid(member, $"no {end.EntityType} with id {number}") : end;
    }

    private static long? IdQuery(ApiCall call, string name)
    {
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? id
            : throw ApiException.Invalid(name, "IDs must be positive integers: " + text);
    }

    private static void Write(Utf8JsonWriter writer, Account account, Connection connection)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", connection.Id);
        writer.WriteNumber("custom_field_definition_id", connection.DefinitionId);
        WriteEnd(writer, account, "source", connection.Source);
        WriteEnd(writer, account, "target", connection.Target);
        writer.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter writer, Account account, string member, ConnectionEnd end)
    {
        writer.WriteStartObject(member);
        writer.WriteNumber("id", end.Id);
        writer.WriteString("entity_type", end.EntityType);
        writer.WriteString("name", account.NameOf(end));
        writer.WriteEndObject();
    }
}
