using System.Text.Json;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Json;
using Copper.Sandbox.Search;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Endpoints;

/// <summary>The account and its users.</summary>
internal static class AccountEndpoints
{
    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/account", GetAccount),
        new("GET", "/users/me", call => Respond(call.Account.Owner)),
        new("GET", "/users/{id}", call => Respond(call.Account.Users.Find(call.IdArgument(0)) ?? throw ApiException.NotFound())),
        new("POST", "/users/search", SearchUsers),
    ];

    private static ApiResponse GetAccount(ApiCall call) => new(JsonText.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", call.Account.Id);
        writer.WriteString("name", call.Account.Name);
        writer.WriteString("primary_timezone", PacificTime.Name);
        writer.WriteStartObject("settings");
        writer.WriteBoolean("setting_team_permissions_enabled", false);
        writer.WriteBoolean("setting_enable_leads", call.Options.FeatureLeads);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }));

    private static ApiResponse Respond(User user) => new(JsonText.Bytes(writer => WriteUser(writer, user)));

    /// <summary>Users have no filters. An order is accepted, but none is documented: they come by id.</summary>
    private static ApiResponse SearchUsers(ApiCall call)
    {
        var page = call.ReadPaging(SearchQuery.SortMembers);
        var users = call.Account.Users.Items;
        byte[] body = JsonText.Bytes(writer =>
        {
            writer.WriteStartArray();
            foreach (var user in page.Of(users))
            {
                WriteUser(writer, user);
            }

            writer.WriteEndArray();
        });
        return new ApiResponse(body, users.Count);
    }

    private static void WriteUser(Utf8JsonWriter writer, User user)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", user.Id);
        writer.WriteString("name", user.Name);
        writer.WriteString("email", user.Email);
        writer.WriteStartArray("groups");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
