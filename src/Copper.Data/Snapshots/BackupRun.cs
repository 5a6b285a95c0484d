using System.Text;
using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Snapshots;

/// <summary>What a backup was begun with. It is kept beside what was read, so that one that is resumed goes on with the same.</summary>
internal sealed class BackupRun
{
    public long AccountId { get; private init; }

    public string? AccountName { get; private init; }

    public long UserId { get; private init; }

    public string? UserEmail { get; private init; }

    public bool DayFirstDates { get; private init; }

    public DateTimeOffset Started { get; private init; }

    public IReadOnlyList<string> Entities { get; private init; } = [];

    public IReadOnlyList<SnapshotContent> Include { get; private init; } = [];

    /// <summary>Begins a backup, or goes on with one.</summary>
    /// <param name="path">The file that keeps it.</param>
    /// <param name="account">The account of the credential.</param>
    /// <param name="user">The owner of the credential.</param>
    /// <param name="options">What is read.</param>
    /// <exception cref="SnapshotException">The backup was begun with another account, another user, or something else to read.</exception>
    public static BackupRun Begin(string path, JsonBody account, JsonBody user, BackupOptions options)
    {
        var run = new BackupRun
        {
            AccountId = (long)account["id"]!,
            AccountName = account.Contains("name") ? account["name"] as string : null,
            UserId = (long)user["id"]!,
            UserEmail = user.Contains("email") ? user["email"] as string : null,
            DayFirstDates = options.DayFirstDates,
            Started = options.Clock(),
            Entities = [.. CopperEntities.Primary.Select(static entity => entity.Name).Where(options.Entities.Contains)],
            Include = [.. options.Include.Distinct().OrderBy(static content => content)],
        };
        if (!File.Exists(path))
        {
            RecordFile.Write(path, Encoding.UTF8.GetBytes(run.ToBody().ToString()));
            return run;
        }

        var kept = JsonBody.Parse(File.ReadAllText(path, Encoding.UTF8));
        foreach (var (member, what) in new[]
        {
            ("account", "account"), (CopperEntityNames.User, "user, who may see other records"), ("entities", "choice of entities"),
            ("include", "choice of what is included"),
        })
        {
            if (JsonText(kept[member]) != JsonText(run.ToBody()[member]))
            {
                throw new SnapshotException(
                    $"The backup was begun with another {what}. Resume it with the same one, or name another folder.");
            }
        }

        return new BackupRun
        {
            AccountId = run.AccountId,
            AccountName = run.AccountName,
            UserId = run.UserId,
            UserEmail = run.UserEmail,
            DayFirstDates = run.DayFirstDates,
            Started = DateTimeOffset.FromUnixTimeSeconds((long)kept["started"]!),
            Entities = run.Entities,
            Include = run.Include,
        };
    }

    /// <summary>What is not in the snapshot, a sentence each.</summary>
    public IEnumerable<string> NotIncluded()
    {
        foreach (var entity in CopperEntities.Primary.Where(entity => !Entities.Contains(entity.Name)))
        {
            yield return $"The {entity.Plural}: they were not asked for.";
        }

        foreach (var content in ((SnapshotContent[])Enum.GetValues(typeof(SnapshotContent))).Where(
            content => !Include.Contains(content)))
        {
            yield return content switch
            {
                SnapshotContent.Activity => "The activities: they were not asked for.",
                SnapshotContent.Relation => "The relations of opportunities and projects: they were not asked for.",
                SnapshotContent.Connection => "The connections by connect fields: they were not asked for.",
                _ => "The lists of attached files: they were not asked for.",
            };
        }

        yield return "The content of attached files: the service does not hand it out.";
        yield return "Teams, permissions, webhooks, field layouts and automations.";
        yield return $"What {UserEmail ?? "the user"} cannot see.";
    }

    private JsonBody ToBody() => new()
    {
        ["account"] = AccountId,
        [CopperEntityNames.User] = UserId,
        ["started"] = Started,
        ["entities"] = Entities.ToArray(),
        ["include"] = Include.Select(static content => content.ToString()).ToArray(),
    };

    private static string JsonText(object? value) => new JsonBody { ["value"] = value }.ToString();
}
