using Copper.Data.Snapshots;

namespace Copper.Data.Tests.Snapshots;

public sealed class VerifyTests : SnapshotTest
{
    [Fact]
    public async Task Every_file_of_a_new_snapshot_is_sound()
    {
        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());

        var tests = CopperSnapshot.Verify(snapshot.Path).ToArray();
        Assert.All(tests, static file => Assert.True(file.Status == SnapshotFileStatus.Sound, $"{file} {file.Reason}"));
        Assert.Equal(snapshot.Manifest.Files.Count + 2, tests.Length);
    }

    [Fact]
    public async Task One_changed_byte_is_found_wherever_it_is()
    {
        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var random = new Random(3);
        foreach (var path in Directory.GetFiles(snapshot.Path, "*", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllBytesAsync(path);
            for (var round = 0; round < 3; round++)
            {
                var changed = (byte[])content.Clone();
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                await File.WriteAllBytesAsync(path, changed);
                Assert.Contains(CopperSnapshot.Verify(snapshot.Path), static file => file.Status != SnapshotFileStatus.Sound);
            }

            await File.WriteAllBytesAsync(path, content);
        }

        Assert.DoesNotContain(CopperSnapshot.Verify(snapshot.Path), static file => file.Status != SnapshotFileStatus.Sound);
    }

    [Fact]
    public async Task Files_that_are_missing_cut_or_added_are_found()
    {
        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        File.Delete(Path.Combine(snapshot.Path, "people.jsonl.gz"));
        using (var file = new FileStream(Path.Combine(snapshot.Path, "leads.jsonl.gz"), FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        await File.WriteAllTextAsync(Path.Combine(snapshot.Path, "people.csv"), "Name");

        var found = CopperSnapshot.Verify(snapshot.Path).Where(static file => file.Status != SnapshotFileStatus.Sound)
            .ToDictionary(static file => file.File);
        Assert.Equal(["leads.jsonl.gz", "people.csv", "people.jsonl.gz"], found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(SnapshotFileStatus.Missing, found["people.jsonl.gz"].Status);
        Assert.Equal(SnapshotFileStatus.Changed, found["leads.jsonl.gz"].Status);
        Assert.Equal(SnapshotFileStatus.Unexpected, found["people.csv"].Status);
        var missing = Assert.Throws<SnapshotException>(() => snapshot.ReadRecords("person").Count());
        Assert.Contains("is missing", missing.Message, StringComparison.Ordinal);
        var damaged = Assert.Throws<SnapshotException>(() => snapshot.ReadRecords("lead").Count());
        Assert.Contains("is damaged", damaged.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "There is no folder")]
    [InlineData("", "has no manifest.json")]
    [InlineData("{\"version\":99}", "later version")]
    [InlineData("{}", "is damaged")]
    [InlineData("no json", "is damaged")]
    public void A_folder_that_is_no_snapshot_is_an_error(string? manifest, string message)
    {
        var folder = NewFolder();
        if (manifest is not null)
        {
            Directory.CreateDirectory(folder);
        }

        if (manifest is { Length: > 0 })
        {
            File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest);
        }

        var exception = Assert.Throws<SnapshotException>(() => CopperSnapshot.Open(folder));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
