namespace Copper.Sandbox.Hub;

/// <summary>The data of an installation, and who may see what.</summary>
/// <remarks>Assumed: an administrator sees every project, another user those that he owns; everybody sees the organisations.</remarks>
internal sealed class HubState
{
    public HubState(HubSandboxOptions options)
    {
        Options = options;
        Sessions = new HubSessions(options.SessionLifetime);
        if (options.HasDemoData)
        {
            HubDemoData.Fill(this);
        }
    }

    public HubSandboxOptions Options { get; }

    public HubSessions Sessions { get; }

    public HubTable Organisations { get; } = new();

    public HubTable Projects { get; } = new();

    public HubTable Tasks { get; } = new();

    public HubTable TaskComments { get; } = new();

    public HubRecord Organisation(long? id) => Organisations.Find(id) ?? throw HubException.Unauthorized();

    public HubRecord Project(long? id, HubSandboxUser user) =>
        Projects.Find(id) is { } project && CanSee(user, project) ? project : throw HubException.Unauthorized();

    public HubRecord Task(long? id, HubSandboxUser user)
    {
        var task = Tasks.Find(id) ?? throw HubException.Unauthorized();
        _ = Project(HubNumbers.Id(task["ProjectID"]), user);
        return task;
    }

    public HubRecord TaskComment(long? id, HubSandboxUser user)
    {
        var comment = TaskComments.Find(id) ?? throw HubException.Unauthorized();
        _ = Task(HubNumbers.Id(comment["TaskID"]), user);
        return comment;
    }

    public static bool CanSee(HubSandboxUser user, HubRecord project) => user.IsAdministrator || project.Is("Owner", user.Id);

    /// <summary>An owner has to be a user.</summary>
    public void CheckOwner(IReadOnlyDictionary<string, string?> data)
    {
        if (data.TryGetValue("Owner", out string? owner) && Options.Users.All(user => HubNumbers.Text(user.Id) != owner))
        {
            throw new HubException(400, "Owner must be a valid person id.");
        }
    }

    public IEnumerable<HubRecord> TasksOf(HubRecord project) => Tasks.All.Where(task => task.Is("ProjectID", project.Id));

    public IEnumerable<HubRecord> CommentsOf(HubRecord task) => TaskComments.All.Where(comment => comment.Is("TaskID", task.Id));

    /// <summary>The hours of a task are those of its comments.</summary>
    public string HoursOf(HubRecord task) =>
        HubNumbers.Hours(CommentsOf(task).Sum(static comment => HubNumbers.TryRead(comment["HoursWorked"], out decimal hours) ? hours : 0));

    /// <summary>How far a task is, says its latest comment.</summary>
    public string PercentOf(HubRecord task) =>
        CommentsOf(task).LastOrDefault(static comment => comment["PercentComplete"] is not null)?["PercentComplete"] ?? "0";

    public string PercentOfProject(HubRecord project)
    {
        decimal[] shares = [.. TasksOf(project).Select(task => HubNumbers.TryRead(PercentOf(task), out decimal percent) ? percent : 0)];
        return HubNumbers.Text(shares.Length == 0 ? 0 : (long)shares.Average());
    }

    // Assumed: what belongs to a record goes with it.
    public void Remove(HubTable table, HubRecord record)
    {
        var (parts, name) = table == Organisations ? (Projects, "ClientID") : table == Projects ? (Tasks, "ProjectID")
            : (TaskComments, "TaskID");
        if (table != TaskComments)
        {
            foreach (var part in parts.All.Where(part => part.Is(name, record.Id)).ToArray())
            {
                Remove(parts, part);
            }
        }

        table.Remove(record);
    }
}
