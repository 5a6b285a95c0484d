namespace Copper.Sandbox;

/// <summary>Custom field definitions: listed whole, created, changed and deleted.</summary>
internal static class CustomFieldDefinitionEndpoints
{
    private const string One = "/custom_field_definitions/{id}";

    private static readonly EntitySchema Schema = EntitySchemas.CustomFieldDefinition;

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/custom_field_definitions", List),
        new("GET", One, call => Answer(call, Find(call))),
        new("POST", "/custom_field_definitions", call => Answer(call, call.Editor.Create(Schema, call.Body))),
        new("PUT", One, call => Answer(call, call.Editor.Update(Schema, Find(call), call.Body))),
        new("DELETE", One, Delete),
    ];

    private static ApiAnswer List(ApiCall call) =>
        new(call.Account.Renderer.RenderArray(Schema, call.Account.Table(Schema).All.OrderBy(record => record.Id)));

    private static Record Find(ApiCall call) => RecordEndpoints.Find(call, Schema, call.IdArgument(0));

    private static ApiAnswer Answer(ApiCall call, Record record) => new(call.Account.Renderer.Render(Schema, record));

    private static ApiAnswer Delete(ApiCall call)
    {
        var record = Find(call);
        call.Editor.Delete(Schema, record);
        return RecordEndpoints.Deleted(record.Id);
    }
}
