using Copper.Client;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

public sealed class CompareTests : SnapshotTest
{
    [Fact]
    public async Task Snapshots_of_an_unchanged_account_are_the_same()
    {
        using var account = NewAccount();
        using var one = await BackupAsync(account.Client, NewFolder());
        using var other = await BackupAsync(account.Client, NewFolder());

        Assert.Empty(new SnapshotComparer().Compare(one, other));
        Assert.Empty(new SnapshotComparer(new CompareOptions { IncludeComputed = true }).Compare(one, other));
        Assert.Empty(await LiveAsync(account, one));
    }

    [Fact]
    public async Task What_was_added_removed_and_changed_is_told_by_names()
    {
        using var account = NewAccount();
        using var before = await BackupAsync(account.Client, NewFolder());
        account.Now = account.Now.AddHours(1);
        await ChangeAsync(account);
        using var after = await BackupAsync(account.Client, NewFolder());

        var found = new SnapshotComparer(new CompareOptions { Entities = ["person", "opportunity"] }).Compare(before, after).ToArray();

        Assert.Equal(
            // The last one had the deleted person as its primary contact.
            [
                "Removed: person 3", "Changed: person 7", "Added: person 451", "Changed: opportunity 30000002",
                "Changed: opportunity 30000018",
            ],
            found.Select(static one => FormattableString.Invariant($"{one.Change}: {one.Entity} {one.Id}")));
        Assert.Equal(
            ["Assignee", "Score", "Title"], found[1].Changes.Select(static change => change.Property).Order(StringComparer.Ordinal));
        var assignee = found[1].Changes.First(static change => change.Property == "Assignee");
        Assert.Equal("Vera Novak", assignee.After);
        Assert.NotEqual(assignee.Before, assignee.After);
        Assert.Equal("12.5", found[1].Changes.First(static change => change.Property == "Score").After);
        Assert.Equal("Stage", Assert.Single(found[3].Changes, static change => change.Property == "Stage").Property);
        Assert.NotNull(found[0].Before);
        Assert.Null(found[0].After);
        Assert.Equal("New Person", found[2].Name);
    }

    [Fact]
    public async Task The_account_as_it_is_now_is_compared_alike_and_nothing_is_left_behind()
    {
        using var account = NewAccount();
        using var before = await BackupAsync(account.Client, NewFolder());
        account.Now = account.Now.AddHours(1);
        await ChangeAsync(account);
        using var after = await BackupAsync(account.Client, NewFolder());
        var folders = Directory.GetDirectories(Path.GetTempPath(), "copper-*").Length;

        var live = await LiveAsync(account, before);

        Assert.Equal(Shown(new SnapshotComparer().Compare(before, after)), Shown(live));
        Assert.NotEmpty(live);
        Assert.InRange(Directory.GetDirectories(Path.GetTempPath(), "copper-*").Length, 0, folders + 2);
        Assert.Empty(account.Writes);
    }

    [Fact]
    public async Task What_the_service_computes_counts_only_when_it_is_asked_for()
    {
        using var account = NewAccount();
        using var before = await BackupAsync(account.Client, NewFolder());
        account.Now = account.Now.AddHours(1);
        await account.Client.People.UpdateAsync(7, new JsonBody { ["title"] = "Chair" });
        using var after = await BackupAsync(account.Client, NewFolder());

        var changes = Assert.Single(new SnapshotComparer().Compare(before, after)).Changes;
        Assert.Equal(["Title"], changes.Select(static change => change.Property));
        changes = Assert.Single(
            new SnapshotComparer(new CompareOptions { IncludeComputed = true }).Compare(before, after)).Changes;
        Assert.Contains(changes, static change => change.Property == "DateModified");
        Assert.Empty(new SnapshotComparer(new CompareOptions { Excludes = static name => name == "Title" }).Compare(before, after));
    }

    [Fact]
    public async Task An_activity_whose_date_was_edited_is_one_that_changed()
    {
        using var account = NewAccount();
        using var before = await BackupAsync(account.Client, NewFolder());
        var id = before.ReadRecords("activity").Cast<Copper.Client.Models.CopperActivity>()
            .First(static activity => activity.Type!.Category == "user").Id;
        await account.Client.Activities.UpdateAsync(id, new JsonBody { ["activity_date"] = account.Now.AddDays(-1) });
        using var after = await BackupAsync(account.Client, NewFolder());

        var found = Assert.Single(new SnapshotComparer(new CompareOptions { Entities = ["activity"] }).Compare(before, after));
        Assert.Equal((SnapshotChange.Changed, id), (found.Change, found.Id));
        Assert.Equal(["ActivityDate"], found.Changes.Select(static change => change.Property));
    }

    [Fact]
    public async Task A_converted_lead_is_not_a_removed_one()
    {
        using var account = NewAccount();
        using var before = await BackupAsync(account.Client, NewFolder());
        await account.Client.SendAsync(new CopperRequest(HttpMethod.Post, "leads/20000003/convert", []));
        using var after = await BackupAsync(account.Client, NewFolder());

        var found = Assert.Single(new SnapshotComparer(new CompareOptions { Entities = ["lead"] }).Compare(before, after));
        Assert.Equal(SnapshotChange.Changed, found.Change);
        Assert.Contains(found.Changes, static change => change.Property == "ConvertedAt");
    }

    [Fact]
    public async Task Only_snapshots_of_one_account_with_the_entity_are_compared()
    {
        using var account = NewAccount();
        using var people = await BackupAsync(account.Client, NewFolder(), new BackupOptions { Entities = ["person"], Include = [] });
        using var whole = await BackupAsync(account.Client, NewFolder());

        Assert.Empty(new SnapshotComparer().Compare(people, whole));
        var exception = Assert.Throws<SnapshotException>(
            () => new SnapshotComparer(new CompareOptions { Entities = ["lead"] }).Compare(people, whole).Count());
        Assert.Contains("has no leads", exception.Message, StringComparison.Ordinal);
    }

    private static async Task ChangeAsync(SandboxAccount account)
    {
        await account.Client.People.DeleteAsync(3);
        var users = await account.Client.Metadata.Users.GetAsync();
        var fields = await account.Client.Metadata.CustomFieldDefinitions.GetAsync();
        await account.Client.People.UpdateAsync(7, new JsonBody
        {
            ["title"] = "Chair",
            ["assignee_id"] = users.First(static user => user.Name == "Vera Novak").Id,
            ["custom_fields"] = new[]
            {
                new JsonBody { ["custom_field_definition_id"] = fields.First(static field => field.Name == "Score").Id, ["value"] = 12.5m },
            },
        });
        await account.Client.People.CreateAsync(new JsonBody { ["name"] = "New Person" });
        var deal = await account.Client.Opportunities.GetAsync(30_000_002);
        var pipelines = await account.Client.Metadata.Pipelines.GetAsync();
        var stage = pipelines.First(pipeline => pipeline.Id == deal.PipelineId).Stages.First(stage => stage.Id != deal.PipelineStageId);
        await account.Client.Opportunities.UpdateAsync(deal.Id, new JsonBody { ["pipeline_stage_id"] = stage.Id });
        account.Sandbox.ClearJournal();
    }

    private static async Task<List<CopperSnapshotDifference>> LiveAsync(SandboxAccount account, CopperSnapshot reference)
    {
        var found = new List<CopperSnapshotDifference>();
        await foreach (var difference in new AccountComparer(account.Client).CompareAsync(reference))
        {
            found.Add(difference);
        }

        return found;
    }

    private static string[] Shown(IEnumerable<CopperSnapshotDifference> differences) =>
        [.. differences.Select(static one => $"{one} {one.Changes}").Order(StringComparer.Ordinal)];
}
