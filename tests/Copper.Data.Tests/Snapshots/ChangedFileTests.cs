using Copper.Client;
using Copper.Data.Snapshots;

namespace Copper.Data.Tests.Snapshots;

/// <summary>A file of a snapshot that is not as the backup wrote it.</summary>
public sealed class ChangedFileTests : RestoreTest
{
    [Theory]
    [InlineData("companies.jsonl.gz")]
    [InlineData("reference/users.json")]
    public async Task Nothing_is_restored_or_compared_with_a_changed_file(string name)
    {
        using var account = NewSmallAccount();
        using var sound = await BackupAsync(account.Client, NewFolder());
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await account.Client.Companies.DeleteAsync(10_000_001);
        var path = await ChangeAsync(snapshot, name);
        account.Sandbox.ClearJournal();

        var restore = await Assert.ThrowsAsync<SnapshotException>(() => PlanAsync(account.Client, snapshot));
        Assert.Contains($"The file '{path}' is not as the backup wrote it", restore.Message, StringComparison.Ordinal);
        Assert.Contains("CopperSnapshot.Verify", restore.Message, StringComparison.Ordinal);
        Assert.Empty(account.Requests);
        Assert.Throws<SnapshotException>(() => new SnapshotComparer().Compare(sound, snapshot).Count());
        Assert.Throws<SnapshotException>(() => new SnapshotComparer().Compare(snapshot, sound).Count());
    }

    [Fact]
    public async Task A_file_that_is_not_read_does_not_count()
    {
        using var account = NewSmallAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await account.Client.Companies.DeleteAsync(10_000_001);
        await ChangeAsync(snapshot, "leads.jsonl.gz");

        var plan = await PlanAsync(account.Client, snapshot, new RestoreOptions
        {
            Entities = ["company"], Scope = RestoreScope.Changed,
        });
        Assert.Empty(Writes(plan));
    }

    [Fact]
    public async Task A_file_that_was_edited_on_purpose_is_restored_once_the_manifest_states_its_sum()
    {
        using var account = NewSmallAccount();
        var folder = NewFolder();
        using (var snapshot = await BackupAsync(account.Client, folder))
        {
            await ChangeAsync(snapshot, "people.jsonl.gz");
        }

        using var edited = await OpenEditedAsync(folder);
        Assert.Empty(Writes(await PlanAsync(account.Client, edited)));
    }

    [Fact]
    public async Task A_plan_names_the_records_that_others_point_to()
    {
        using var account = NewSmallAccount();
        var company = await account.Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines Ltd" });
        var person = await account.Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["company_id"] = company.Id });
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        await account.Client.People.DeleteAsync(person.Id);
        await account.Client.Companies.DeleteAsync(company.Id);

        var step = Assert.Single(Writes(await PlanAsync(account.Client, snapshot)), static step => step.Entity == "person");
        Assert.Contains("Company: nothing -> 'Engines Ltd'", step.Changes.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("CompanyId", step.Changes.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> ChangeAsync(CopperSnapshot snapshot, string name)
    {
        var path = Path.Combine(snapshot.Path, name.Replace('/', Path.DirectorySeparatorChar));
        await using var file = new FileStream(path, FileMode.Append);
        await file.WriteAsync(new byte[] { 32, 32, 10 });
        return path;
    }
}
