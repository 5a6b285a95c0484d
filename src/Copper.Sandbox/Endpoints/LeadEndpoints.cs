using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;
using Copper.Sandbox.Leads;

namespace Copper.Sandbox.Endpoints;

/// <summary>What leads have beyond the endpoints all entities share: upsert and conversion.</summary>
internal static class LeadEndpoints
{
    private static readonly EntitySchema Schema = EntitySchemas.Lead;

    public static IReadOnlyList<Route> Routes { get; } =
    [
        Router.WithComputedValues("PUT", "/leads/upsert", Upsert),
        Router.WithComputedValues("POST", "/leads/{id}/convert", Convert),
    ];

    private static ApiResponse Upsert(ApiCall call)
    {
        call.AllowOnly("properties", "match");
        if (!call.Body.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.Invalid("properties", "must be an object");
        }

        if (!call.Body.TryGetProperty("match", out var match))
        {
            throw ApiException.Invalid("match", "can't be blank");
        }

        var matches = LeadMatch.Parse(match, call.Account).FindIn(call.Account.Leads);
        return matches.Length switch
        {
            0 => RecordEndpoints.Respond(call, Schema, call.Editor.Create(Schema, properties)),
            1 => RecordEndpoints.Respond(call, Schema, call.Editor.Update(Schema, matches[0], properties)),
            _ => throw LeadMatch.Ambiguous(matches),
        };
    }

    private static ApiResponse Convert(ApiCall call)
    {
        var lead = RecordEndpoints.Find(call, Schema, call.IdArgument(0));
        call.AllowOnly("details");
        var details = LeadConversionDetails.Parse(call.Body, call.Account);
        var converted = new LeadConversion(call.Account, call.Editor).Convert(lead, details);
        var renderer = call.Account.Renderer;
        return new ApiResponse(JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("person");
            writer.WriteRawValue(renderer.Render(EntitySchemas.Person, converted.Person, call.ComputedValues));
            writer.WritePropertyName("company");
            if (converted.Company is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteRawValue(renderer.Render(EntitySchemas.Company, converted.Company, call.ComputedValues));
            }

            if (converted.Opportunity is not null)
            {
                writer.WritePropertyName("opportunity");
                writer.WriteRawValue(renderer.Render(EntitySchemas.Opportunity, converted.Opportunity, call.ComputedValues));
            }

            writer.WriteEndObject();
        }));
    }
}
