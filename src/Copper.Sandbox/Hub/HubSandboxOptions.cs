namespace Copper.Sandbox;

/// <summary>What the CopperHub of the sandbox holds, who may use it, and which of the documented ambiguities it plays how.</summary>
public sealed class HubSandboxOptions
{
    /// <summary>Name of the first user, who is an administrator.</summary>
    public const string DefaultUserName = "admin";

    /// <summary>Password of the first user.</summary>
    public const string DefaultPassword = "sandbox-password";

    /// <summary>Name of the second user, who is no administrator.</summary>
    public const string MemberUserName = "mia";

    /// <summary>Password of the second user.</summary>
    public const string MemberPassword = "sandbox-member";

    /// <summary>The users.</summary>
    public IReadOnlyList<HubSandboxUser> Users { get; set; } =
    [
        new(1, DefaultUserName, DefaultPassword, IsAdministrator: true),
        new(2, MemberUserName, MemberPassword, IsAdministrator: false),
    ];

    /// <summary>How long a session lives after its last use; null for ever. How long it does in the service is not documented.</summary>
    public TimeSpan? SessionLifetime { get; set; }

    /// <summary>Whether there is demo data, or nothing at all.</summary>
    public bool HasDemoData { get; set; } = true;

    /// <summary>Name of the list in get_project_tasks. The documentation says taskcomments, which may be a slip.</summary>
    public string TaskListName { get; set; } = "taskcomments";

    /// <summary>Whether an empty list is written as <c>[]</c>, as PHP does, or as <c>{}</c>.</summary>
    public bool WritesEmptyListsAsArrays { get; set; } = true;

    /// <summary>Whether reading a record shows all its attributes, or only those in the documentation's examples ("more fields may come
    /// back").</summary>
    public bool ShowsAllAttributes { get; set; }

    /// <summary>How many requests the journal keeps.</summary>
    public int JournalCapacity { get; set; } = 10_000;

    /// <summary>The time; the machine's clock if null.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }
}
