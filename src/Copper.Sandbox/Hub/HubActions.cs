namespace Copper.Sandbox.Hub;

/// <summary>The actions that need a session, by name.</summary>
internal static class HubActions
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

    private const string OrganisationWord = "organization";

    private static HubResponse CreateOrganisation(HubState state, HubCall call)
    {
        var data = call.Data();
        HubSchema.Organisation.Check(data, isUpdate: false);
        var organisation = state.Organisations.Add();
        organisation["Colour"] = HubSchema.DefaultColour;
        organisation["Manager"] = HubNumbers.Text(call.User!.Id);
        HubSchema.Write(organisation, data);
        return Created(OrganisationWord, organisation);
    }

    private static HubResponse ReadOrganisation(HubState state, HubCall call)
    {
        var organisation = state.Organisation(call.Id());
        return Shown(
            state,
            HubSchema.Organisation,
            organisation,
            ("Name", organisation["Name"]),
            ("Manager", organisation["Manager"]),
            ("Colour", organisation["Colour"]),
            ("url", $"{Origin}people&action=view_organisation&id={HubNumbers.Text(organisation.Id)}"));
    }

    private static HubResponse UpdateOrganisation(HubState state, HubCall call)
    {
        var organisation = state.Organisation(call.Id());
        var data = call.Data();
        HubSchema.Organisation.Check(data, isUpdate: true);
        HubSchema.Write(organisation, data);
        return Updated(OrganisationWord, organisation);
    }

    private static HubResponse DeleteOrganisation(HubState state, HubCall call) =>
        Deleted(state, call, OrganisationWord, state.Organisations, state.Organisation(call.Id()));

    private static HubResponse GetOrganisations(HubState state, HubCall call) => Listed(
        state,
        "organisations",
        state.Organisations.All,
        static organisation => [("Name", organisation["Name"]), ("State", organisation["State"])]);

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

    private static HubResponse CreateTask(HubState state, HubCall call)
    {
        var data = call.Data();
        HubSchema.Task.Check(data, isUpdate: false);
        state.CheckOwner(data);
        _ = state.Project(HubNumbers.Id(data["ProjectID"]), call.User!);
        var task = state.Tasks.Add();
        task["Owner"] = HubNumbers.Text(call.User!.Id);
        HubSchema.Write(task, data);
        return Created("task", task);
    }

    /// <summary>The example shows no name.</summary>
    private static HubResponse ReadTask(HubState state, HubCall call)
    {
        var task = state.Task(call.Id(), call.User!);
        return Shown(
            state,
            HubSchema.Task,
            task,
            ("Description", task["Description"]),
            ("HoursWorked", state.HoursOf(task)),
            ("PercentComplete", state.PercentOf(task)),
            ("url", $"{Origin}projects&action=taskview&taskid={HubNumbers.Text(task.Id)}&projectid={task["ProjectID"]}"));
    }

    private static HubResponse UpdateTask(HubState state, HubCall call)
    {
        var task = state.Task(call.Id(), call.User!);
        var data = call.Data();
        HubSchema.Task.Check(data, isUpdate: true);
        state.CheckOwner(data);
        HubSchema.Write(task, data);
        return Updated("task", task);
    }

    private static HubResponse DeleteTask(HubState state, HubCall call) =>
        Deleted(state, call, "task", state.Tasks, state.Task(call.Id(), call.User!));

    private static HubResponse GetProjectTasks(HubState state, HubCall call)
    {
        var project = state.Project(call.Id(), call.User!);
        return Listed(
            state,
            state.Options.TaskListName,
            state.TasksOf(project),
            task => [("Subject", task["Name"]), ("HoursWorked", state.HoursOf(task))]);
    }

    private static HubResponse CreateTaskComment(HubState state, HubCall call)
    {
        var data = call.Data();
        HubSchema.TaskComment.Check(data, isUpdate: false);
        var task = ParentOf(state, data, call.User!);
        var comment = state.TaskComments.Add();
        HubSchema.Write(comment, data);
        comment["TaskID"] = HubNumbers.Text(task.Id);
        comment["UserID"] = HubNumbers.Text(call.User!.Id);
        return Created("taskcomment", comment);
    }

    /// <summary>The text is written as Body and read as Description.</summary>
    private static HubResponse ReadTaskComment(HubState state, HubCall call)
    {
        var comment = state.TaskComment(call.Id(), call.User!);
        return Shown(
            state,
            HubSchema.TaskComment,
            comment,
            ("Description", comment["Body"]),
            ("HoursWorked", HubNumbers.TryRead(comment["HoursWorked"], out decimal hours) ? HubNumbers.Hours(hours) : "0.00"),
            ("PercentComplete", comment["PercentComplete"] ?? "0"),
            ("TaskID", comment["TaskID"]));
    }

    private static HubResponse DeleteTaskComment(HubState state, HubCall call)
    {
        var comment = state.TaskComment(call.Id(), call.User!);
        return call.User!.IsAdministrator ? Deleted(state, call, "taskcomment", state.TaskComments, comment)
            : throw HubException.Unauthorized();
    }

    /// <summary>Assumed: a comment that names only its project goes to the project's first task.</summary>
    private static HubRecord ParentOf(HubState state, IReadOnlyDictionary<string, string?> data, HubSandboxUser user)
    {
        if (data.TryGetValue("TaskID", out string? task))
        {
            return state.Task(HubNumbers.Id(task), user);
        }

        return state.TasksOf(state.Project(HubNumbers.Id(data["ProjectID"]), user)).FirstOrDefault()
            ?? throw new HubException(400, "The project has no task.");
    }
}
