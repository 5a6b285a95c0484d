namespace Copper.Sandbox.Hub;

/// <summary>The actions that need a session, by name.</summary>
internal static partial class HubActions
{
    private const string Origin = "http://v5.copperhub.com/index.php?module=";

    public static IReadOnlyDictionary<string, Func<HubState, HubCall, HubResponse>> All { get; } =
        new Dictionary<string, Func<HubState, HubCall, HubResponse>>
    {
        ["create_organisation"] = CreateOrganisation,
        ["read_organisation"] = ReadOrganisation,
        ["update_organisation"] = UpdateOrganisation,
        ["delete_organisation"] = DeleteOrganisation,
        ["create_project"] = CreateProject,
        ["read_project"] = ReadProject,
        ["update_project"] = UpdateProject,
        ["delete_project"] = DeleteProject,
        ["create_task"] = CreateTask,
        ["read_task"] = ReadTask,
        ["update_task"] = UpdateTask,
        ["delete_task"] = DeleteTask,
        ["create_taskcomment"] = CreateTaskComment,
        ["read_taskcomment"] = ReadTaskComment,
        ["delete_taskcomment"] = DeleteTaskComment,
        ["get_organisations"] = GetOrganisations,
        ["get_projects"] = GetProjects,
        ["get_project_tasks"] = GetProjectTasks,
    };

    // The action says organisation, the messages say organization.
    private static HubResponse Created(string what, HubRecord record) => Done(what, "created", record);

    private static HubResponse Updated(string what, HubRecord record) => Done(what, "updated", record);

    private static HubResponse Done(string what, string verb, HubRecord record) =>
        HubResponse.Success($"The {what} has been {verb}.", writer => writer.WriteString("ID", HubNumbers.Text(record.Id)));

    /// <summary>The only response to a change without an ID.</summary>
    private static HubResponse Deleted(HubState state, HubCall call, string what, HubTable table, HubRecord record)
    {
        // What comes without the confirmation is not documented.
        if (call.Field("confirm_delete") != "1")
        {
            throw HubException.BadRequest();
        }

        state.Remove(table, record);
        return HubResponse.Success($"The {what} has been deleted.");
    }

    /// <summary>The response of a read action: no api_version and no success.</summary>
    private static HubResponse Shown(HubState state, HubSchema schema, HubRecord record,
        params (string Name, string? Value)[] documented) => new(200, "Successful", writer =>
    {
        writer.WriteString("ID", HubNumbers.Text(record.Id));
        foreach (var (name, value) in documented)
        {
            writer.WriteString(name, value);
        }

        if (state.Options.ShowsAllAttributes)
        {
            foreach (var attribute in schema.Attributes
                .Where(attribute => attribute.Name != "Body" && documented.All(member => member.Name != attribute.Name)))
            {
                writer.WriteString(attribute.Name, record[attribute.Name]);
            }
        }
    });

    /// <summary>Lists are maps from id to record. PHP writes an empty one as an array.</summary>
    private static HubResponse Listed(HubState state, string name, IEnumerable<HubRecord> records,
        Func<HubRecord, (string Name, string? Value)[]> show) => HubResponse.Success("Successful.", writer =>
    {
        HubRecord[] all = [.. records];
        writer.WritePropertyName(name);
        if (all.Length == 0 && state.Options.WritesEmptyListsAsArrays)
        {
            writer.WriteStartArray();
            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        foreach (var record in all)
        {
            writer.WriteStartObject(HubNumbers.Text(record.Id));
            writer.WriteString("ID", HubNumbers.Text(record.Id));
            foreach (var member in show(record))
            {
                writer.WriteString(member.Name, member.Value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });
}
