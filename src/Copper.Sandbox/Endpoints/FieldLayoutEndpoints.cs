using System.Globalization;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Endpoints;

/// <summary>The order of fields in the web application.</summary>
/// <remarks>
/// Source: vendor OpenAPI and clients. Known are the members and the static field "full_name"; the other keys and the type
/// of custom fields are guesses by analogy.
/// </remarks>
internal static class FieldLayoutEndpoints
{
    private const string StaticField = "static_field";
    private const string CustomField = "custom_field";

    private static readonly string[] Hidden = ["id", "custom_fields", "prefix", "first_name", "middle_name", "last_name", "suffix"];

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/field_layouts/by_entity/{entity_type}", Get) { QueryParameters = ["pipeline_id"] },
    ];

    private static ApiResponse Get(ApiCall call)
    {
        var schema = EntitySchemas.FindByPath(call.Argument(0)) ?? throw ApiException.NotFound();
        CheckPipeline(call, schema);
        string[] staticFields =
        [
            .. schema.Attributes
                .Where(attribute => attribute.Access != AttributeAccess.ReadOnly && !Hidden.Contains(attribute.Name))
                .Select(attribute => attribute.Name == "name" && schema.Has("first_name") ? "full_name" : attribute.Name),
        ];
        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartArray();
            for (int index = 0; index < staticFields.Length; index++)
            {
                WriteField(index + 1, staticFields[index], StaticField);
            }

            foreach (var field in call.Account.CustomFieldsOf(schema.Type))
            {
                WriteField(field.Id, "custom_field_" + field.Id.ToString(CultureInfo.InvariantCulture), CustomField);
            }

            writer.WriteEndArray();

            void WriteField(long id, string key, string type)
            {
                writer.WriteStartObject();
                writer.WriteNumber("field_id", id);
                writer.WriteString("field_key", key);
                writer.WriteString("field_type", type);
                writer.WriteEndObject();
            }
        }));
    }

    /// <summary>The pipeline has to be given for opportunities and must not be given for others.</summary>
    private static void CheckPipeline(ApiCall call, EntitySchema schema)
    {
        string? pipeline = call.Query("pipeline_id");
        if (schema != EntitySchemas.Opportunity)
        {
            if (pipeline is not null)
            {
                throw ApiException.Invalid("pipeline_id", "is only allowed for opportunities");
            }
        }
        else if (!long.TryParse(pipeline, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            || call.Account.FindPipeline(id) is null)
        {
            throw ApiException.Invalid("pipeline_id", "must be the id of a pipeline");
        }
    }
}
