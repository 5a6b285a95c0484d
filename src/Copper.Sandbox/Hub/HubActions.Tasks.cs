namespace Copper.Sandbox.Hub;

internal static partial class HubActions
{
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
