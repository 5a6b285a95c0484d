using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Http;
using Copper.Sandbox.Search;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Endpoints;

/// <summary>Activities: fetched, logged, changed, deleted and listed, of the whole account or of one record.</summary>
internal static class ActivityEndpoints
{
    private const string One = "/activities/{id}";

    private static readonly EntitySchema Schema = EntitySchemas.Activity;

    private static readonly EntitySchema[] Parents =
        [EntitySchemas.Lead, EntitySchemas.Person, EntitySchemas.Company, EntitySchemas.Opportunity];

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", One, Get),
        new("POST", "/activities", call => Respond(call, call.Editor.Create(Schema, call.Body))),
        new("PUT", One, Update),
        new("DELETE", One, Delete),
        new("POST", "/activities/search", call => RecordEndpoints.Search(call, SearchSchemas.Activities)),
        .. Parents.Select(parent => new Route("POST", $"/{parent.Path}/{{id}}/activities", call => SearchOf(call, parent))),
    ];

    private static ApiResponse Get(ApiCall call)
    {
        long id = call.IdArgument(0);
        return call.Account.DeletedActivities.Contains(id)
            ? RecordEndpoints.Deleted(id)
            : Respond(call, RecordEndpoints.Find(call, Schema, id));
    }

    private static ApiResponse Update(ApiCall call)
    {
        long id = call.IdArgument(0);
        if (call.Account.DeletedActivities.Contains(id))
        {
            throw ApiException.Invalid("base", "a deleted activity can't be changed");
        }

        return Respond(call, call.Editor.Update(Schema, RecordEndpoints.Find(call, Schema, id), call.Body));
    }

    private static ApiResponse Delete(ApiCall call)
    {
        var record = RecordEndpoints.Find(call, Schema, call.IdArgument(0));
        call.Editor.Delete(Schema, record);
        return RecordEndpoints.Deleted(record.Id);
    }

    /// <summary>The activities of one record: a search that knows no filter but the types.</summary>
    private static ApiResponse SearchOf(ApiCall call, EntitySchema parent)
    {
        var record = RecordEndpoints.Find(call, parent, call.IdArgument(0));
        call.AllowOnly([.. Paging.Members, .. SearchQuery.SortMembers, "activity_types"]);
        var query = SearchQuery.Parse(SearchSchemas.Activities, call.Body, call.Account, call.Now);
        query.RestrictTo("parent", new ResourceReference(parent.Type, record.Id));
        return RecordEndpoints.Respond(call, query);
    }

    private static ApiResponse Respond(ApiCall call, Record record) => new(call.Account.Renderer.Render(Schema, record));
}
