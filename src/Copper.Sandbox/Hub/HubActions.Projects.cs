namespace Copper.Sandbox.Hub;

internal static partial class HubActions
{
    private static HubResponse CreateProject(HubState state, HubCall call)
    {
        var data = call.Data();
        HubSchema.Project.Check(data, isUpdate: false);
        CheckProject(state, data);
        var project = state.Projects.Add();
        project["Colour"] = HubSchema.DefaultColour;
        project["Owner"] = HubNumbers.Text(call.User!.Id);
        HubSchema.Write(project, data);
        return Created("project", project);
    }

    private static HubResponse ReadProject(HubState state, HubCall call)
    {
        var project = state.Project(call.Id(), call.User!);
        return Shown(
            state,
            HubSchema.Project,
            project,
            ("Name", project["Name"]),
            ("Colour", project["Colour"]),
            ("PercentComplete", state.PercentOfProject(project)),
            ("url", $"{Origin}projects&action=view&projectid={HubNumbers.Text(project.Id)}"));
    }

    private static HubResponse UpdateProject(HubState state, HubCall call)
    {
        var project = state.Project(call.Id(), call.User!);
        var data = call.Data();
        HubSchema.Project.Check(data, isUpdate: true);
        CheckProject(state, data);
        HubSchema.Write(project, data);
        return Updated("project", project);
    }

    private static HubResponse DeleteProject(HubState state, HubCall call) =>
        Deleted(state, call, "project", state.Projects, state.Project(call.Id(), call.User!));

    private static HubResponse GetProjects(HubState state, HubCall call) => Listed(
        state,
        "projects",
        state.Projects.All.Where(project => HubState.CanSee(call.User!, project)),
        static project => [("Name", project["Name"]), ("Description", project["Description"])]);

    private static void CheckProject(HubState state, IReadOnlyDictionary<string, string?> data)
    {
        state.CheckOwner(data);
        if (data.TryGetValue("ClientID", out string? client))
        {
            _ = state.Organisation(HubNumbers.Id(client));
        }
    }
}
