using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;

namespace Copper.Sandbox.Endpoints;

/// <summary>What people have beyond the endpoints all entities share.</summary>
internal static class PeopleEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } =
    [
        Router.WithComputedValues("POST", "/people/fetch_by_email", FetchByEmail),
    ];

    private static ApiResponse FetchByEmail(ApiCall call)
    {
        call.AllowOnly("email");
        if (!call.Body.TryGetProperty("email", out var email) || email.ValueKind != JsonValueKind.String)
        {
            throw ApiException.Invalid("email", "can't be blank");
        }

        var person = call.Account.People.FindByUniqueKey(email.GetString()!) ?? throw ApiException.NotFound();
        return RecordEndpoints.Respond(call, EntitySchemas.Person, person);
    }
}
