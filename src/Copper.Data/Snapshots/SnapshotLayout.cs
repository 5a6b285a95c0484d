using System.Globalization;
using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>The names of the files of a snapshot, and what they hold.</summary>
internal static class SnapshotLayout
{
    /// <summary>States what the snapshot holds. It is written last: without it the snapshot is not complete.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The SHA-256 of every other file, in the form that <c>sha256sum -c</c> reads.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>What a backup keeps while it runs, and needs to be resumed.</summary>
    public const string Work = ".partial";

    public const string References = "reference";
    private const string Records = ".jsonl.gz";

    /// <summary>The lists of the account: the name of the file, and the path of the list.</summary>
    public static IReadOnlyList<(string Name, string Path)> Lists { get; } =
    [
        ("account", CopperEntities.Account.Path),
        ("current_user", CopperEntities.User.Path + "/me"),
        (CopperEntities.User.Path, CopperEntities.User.Path + "/search"),
        ("pipelines", CopperEntities.Pipeline.Path),
        ("pipeline_stages", CopperEntities.PipelineStage.Path),
        ("contact_types", CopperEntities.ContactType.Path),
        ("customer_sources", CopperEntities.CustomerSource.Path),
        ("loss_reasons", CopperEntities.LossReason.Path),
        ("lead_statuses", CopperEntities.LeadStatus.Path),
        ("activity_types", CopperEntities.ActivityType.Path),
        ("custom_activity_types", CopperEntities.CustomActivityType.Path),
        ("custom_field_definitions", CopperEntities.CustomFieldDefinition.Path),
        ("tags", "tags"),
    ];

    /// <summary>The file of a list.</summary>
    public static string ListFile(string name) => $"{References}/{name}.json";

    /// <summary>The file of the records of an entity.</summary>
    public static string RecordFile(CopperEntity entity) => entity.Path + Records;

    /// <summary>The file of the activities of one month (UTC), or of those without a date.</summary>
    /// <param name="month">The months since January of the year 0; null for no date.</param>
    public static string ActivityFile(int? month) => CopperEntities.Activity.Path + "/" + (month is { } number
        ? string.Format(CultureInfo.InvariantCulture, "{0:0000}-{1:00}", number / 12, (number % 12) + 1)
        : "undated") + Records;

    /// <summary>The month of a time in Unix seconds.</summary>
    public static int MonthOf(long seconds)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return (time.Year * 12) + time.Month - 1;
    }

    /// <summary>The first second of a month.</summary>
    public static long StartOf(int month) =>
        new DateTimeOffset(month / 12, (month % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    /// <summary>The file of what the records of an entity are related to, connected to, or have attached.</summary>
    public static string LinkFile(SnapshotContent content, CopperEntity entity) => content switch
    {
        SnapshotContent.Relation => "relations/",
        SnapshotContent.Connection => "connections/",
        SnapshotContent.FileList => "files/",
        _ => throw new ArgumentOutOfRangeException(nameof(content), content, "It has no file of this kind."),
    } + entity.Path + Records;
}
