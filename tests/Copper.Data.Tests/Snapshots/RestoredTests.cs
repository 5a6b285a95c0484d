using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

/// <summary>A restore is checked: what was created again under new ids is compared with what it was.</summary>
public sealed class RestoredTests : RestoreTest
{
    private static readonly BackupOptions Whole = new()
    {
        Concurrency = 1, Include = [SnapshotContent.Activity, SnapshotContent.Relation, SnapshotContent.Connection],
    };

    [Fact]
    public async Task After_a_whole_restore_only_what_the_service_alone_writes_is_missing()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder(), Whole);
        await DeleteAsync(account.Client);
        var journal = await RestoreAsync(account, snapshot);

        var found = await CompareAsync(account, snapshot, journal);

        Assert.All(found, static one => Assert.True(
            one is { Change: SnapshotChange.Removed, Entity: "activity" }, $"{one} {one.Changes}"));
        Assert.All(found, static one =>
            Assert.NotEqual("user", Assert.IsType<Copper.Client.Models.CopperActivity>(one.Before).Type!.Category));
        using var now = await BackupAsync(account.Client, NewFolder(), Whole);
        Assert.Equal(Shown(found), Shown(new SnapshotComparer(Options(journal)).Compare(snapshot, now)));
        Assert.NotEmpty(new SnapshotComparer().Compare(snapshot, now));
    }

    [Fact]
    public async Task What_differs_is_told_of_the_restored_record_with_both_ids()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder(), Whole);
        await DeleteAsync(account.Client);
        var journal = await RestoreAsync(account, snapshot);
        var ids = RestoredRecords.Read([journal]);
        var person = ids.NewIdOf("person", 7)!.Value;
        await account.Client.People.UpdateAsync(person, new JsonBody { ["title"] = "Chair" });
        await account.Client.Leads.DeleteAsync(ids.NewIdOf("lead", 20_000_003)!.Value);
        var added = (await account.Client.Tasks.CreateAsync(new JsonBody { ["name"] = "New" })).Id;

        var found = (await CompareAsync(account, snapshot, journal)).Where(static one => one.Entity != "activity").ToArray();

        Assert.Equal(
            [
                $"Changed person {person} 7 Title", "Removed lead 20000003  ", $"Added task {added}  ",
            ],
            found.Select(static one => FormattableString.Invariant(
                $"{one.Change} {one.Entity} {one.Id} {one.OldId} {string.Join(' ', one.Changes.Select(change => change.Property))}")));
    }

    [Fact]
    public async Task A_custom_field_that_was_created_again_is_the_same_field()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder(), Whole);
        var field = (await account.Client.Metadata.CustomFieldDefinitions.GetAsync()).First(static one => one.Name == "Interests");
        await account.Client.SendAsync(
            new Copper.Client.CopperRequest(HttpMethod.Delete, $"custom_field_definitions/{field.Id}"));
        account.Client.Metadata.CustomFieldDefinitions.Forget();
        var journal = await RestoreAsync(account, snapshot);
        account.Client.Metadata.CustomFieldDefinitions.Forget();

        Assert.Empty(await CompareAsync(account, snapshot, journal));
    }

    [Fact]
    public async Task Where_searches_lag_restored_records_are_read_by_their_ids()
    {
        using var account = NewAccount(static options =>
        {
            options.People = 20;
            options.Companies = 4;
            options.Leads = 8;
            options.Opportunities = 3;
            options.Activities = 0;
        });
        using var snapshot = await BackupAsync(account.Client, NewFolder(), new BackupOptions { Concurrency = 1, Include = [] });
        foreach (var id in Enumerable.Range(20_000_003, 3))
        {
            await account.Client.Leads.DeleteAsync(id);
        }

        var journal = await RestoreAsync(account, snapshot);
        var late = new HidingHandler { Status = System.Net.HttpStatusCode.OK };
        late.Hidden.UnionWith(RestoredRecords.Read([journal]).Of("lead").Select(static one => ("leads", one.Id)));

        Assert.Empty(await CompareAsync(account.Connect(late), snapshot, journal));
    }

    [Fact]
    public async Task A_journal_of_something_else_is_told_apart()
    {
        using var account = NewSmallAccount();
        var path = Path.Combine(NewFolder(), "journal.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var journal = new SessionJournal(account.Client, path))
        {
            account.Client.ChangeRecorder = journal;
            await account.Client.People.DeleteAsync(7);
            account.Client.ChangeRecorder = null;
        }

        Assert.Contains("not that of a restore", Message(path), StringComparison.Ordinal);
        var import = path + "2";
        ChangeJournal.Create(import, new ChangePlan([new CopperPlanStep { Step = 1, Action = PlanAction.Create, Entity = "person",
            Name = "Ada", Fields = "{\"name\":\"Ada\"}" }])).Dispose();
        Assert.Contains("not that of a restore", Message(import), StringComparison.Ordinal);
        var moved = path + "3";
        ChangeJournal.Create(moved, new ChangePlan([new CopperPlanStep { Step = 1, Action = PlanAction.Create, Entity = "person",
            OldId = -7, Name = "Ada", Fields = "{\"name\":\"Ada\"}" }])).Dispose();
        Assert.Contains("another account", Message(moved), StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, "no journal\n");
        Assert.Contains("is damaged", Message(path), StringComparison.Ordinal);

        static string Message(string path) => Assert.Throws<PlanException>(() => RestoredRecords.Read([path])).Message;
    }

    private static CompareOptions Options(string journal) => new() { Restored = RestoredRecords.Read([journal]) };

    private async Task<string> RestoreAsync(SandboxAccount account, CopperSnapshot snapshot)
    {
        var path = Path.Combine(Directory.CreateDirectory(NewFolder()).FullName, "journal.jsonl");
        var plan = await PlanAsync(account.Client, snapshot);
        using var journal = ChangeJournal.Create(path, plan);
        Assert.All(await RunAsync(account.Client, plan, journal), static result =>
            Assert.True(result.Status is PlanStatus.Done or PlanStatus.Skipped, $"{result} {result.Reason}"));
        return path;
    }

    private static Task<List<CopperSnapshotDifference>> CompareAsync(SandboxAccount account, CopperSnapshot snapshot, string journal) =>
        CompareAsync(account.Client, snapshot, journal);

    private static async Task<List<CopperSnapshotDifference>> CompareAsync(
        Copper.Client.CopperClient client, CopperSnapshot snapshot, string journal)
    {
        var found = new List<CopperSnapshotDifference>();
        await foreach (var difference in new AccountComparer(client, Options(journal)).CompareAsync(snapshot))
        {
            found.Add(difference);
        }

        return found;
    }

    private static string[] Shown(IEnumerable<CopperSnapshotDifference> differences) =>
        [.. differences.Select(static one => $"{one} {one.OldId} {one.Changes}").Order(StringComparer.Ordinal)];
}
