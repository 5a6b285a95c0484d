using Copper.Client;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

/// <summary>
/// A backup that is ended at any moment is resumed: the files are the same, and at most one page of each kind is read again.
/// </summary>
public sealed class BackupKillTests : SnapshotTest
{
    /// <summary>The kinds of records that are read, and the two requests that tell whose account it is.</summary>
    private const int MostReadAgain = 7 + 2;

    private static readonly BackupOptions Resumed = new() { Resumes = true, Concurrency = 1 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_any_request(bool afterSending)
    {
        using var account = NewSmallAccount();
        var counter = new HookHandler();
        using var whole = await BackupAsync(account.Connect(counter), NewFolder());
        for (var cut = 1; cut <= counter.Requests; cut++)
        {
            var folder = NewFolder();
            var network = new HookHandler();
            Action<int, string> end = (number, _) =>
            {
                if (number >= cut)
                {
                    throw new HttpRequestException("The connection is cut.");
                }
            };
            (network.Before, network.After) = afterSending ? (null, end) : (end, (Action<int, string>?)null);
            await Assert.ThrowsAnyAsync<CopperException>(() => BackupAsync(account.Connect(network), folder));

            var rest = new HookHandler();
            using var resumed = await BackupAsync(account.Connect(rest), folder, Resumed);
            Assert.Equal(FilesOf(whole), FilesOf(resumed));
            Assert.InRange(cut - 1 + rest.Requests, counter.Requests, counter.Requests + MostReadAgain);
        }
    }

    [Fact]
    public async Task Between_two_bytes_of_what_it_writes()
    {
        using var account = NewSmallAccount();
        using var whole = await BackupAsync(account.Client, NewFolder());
        var random = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            var folder = NewFolder();
            var cut = random.Next(14, 30);
            var network = new HookHandler
            {
                Before = (number, _) =>
                {
                    if (number >= cut)
                    {
                        throw new HttpRequestException("The connection is cut.");
                    }
                },
            };
            await Assert.ThrowsAnyAsync<CopperException>(() => BackupAsync(account.Connect(network), folder));
            var spools = Directory.GetFiles(Path.Combine(folder, ".partial"), "*.jsonl");
            var spool = spools[random.Next(spools.Length)];
            using (var file = new FileStream(spool, FileMode.Open))
            {
                file.SetLength(random.NextInt64(file.Length + 1));
            }

            using var resumed = await BackupAsync(account.Client, folder, Resumed);
            Assert.Equal(FilesOf(whole), FilesOf(resumed));
        }
    }

    [Fact]
    public async Task While_the_files_are_written()
    {
        using var account = NewAccount();
        using var whole = await BackupAsync(account.Client, NewFolder());
        var folder = NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "activities"));
        using var ending = new CancellationTokenSource();
        var progress = new Ending(ending);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SnapshotBackup(
            account.Client, new BackupOptions { Resumes = true }, progress).RunAsync(NewFolderOf(folder), ending.Token));
        account.Sandbox.ClearJournal();

        using var resumed = await BackupAsync(account.Client, folder, Resumed);

        Assert.Equal(FilesOf(whole), FilesOf(resumed));
        Assert.Equal(["GET /account", "GET /users/me"], account.Requests);
    }

    [Fact]
    public async Task After_the_manifest_was_written()
    {
        using var account = NewAccount();
        using var whole = await BackupAsync(account.Client, NewFolder());
        Directory.CreateDirectory(Path.Combine(whole.Path, ".partial"));
        account.Sandbox.ClearJournal();

        using var resumed = await BackupAsync(account.Client, whole.Path, Resumed);

        Assert.Empty(account.Requests);
        Assert.False(Directory.Exists(Path.Combine(whole.Path, ".partial")));
        Assert.All(CopperSnapshot.Verify(whole.Path), static file => Assert.Equal(SnapshotFileStatus.Sound, file.Status));
    }

    [Fact]
    public async Task It_is_not_resumed_by_chance_nor_with_another_choice()
    {
        using var account = NewAccount();
        var folder = NewFolder();
        var network = new HookHandler
        {
            Before = static (number, _) =>
            {
                if (number == 20)
                {
                    throw new HttpRequestException("The connection is cut.");
                }
            },
        };
        await Assert.ThrowsAnyAsync<CopperException>(() => BackupAsync(account.Connect(network), folder));

        var exception = await Assert.ThrowsAsync<SnapshotException>(() => BackupAsync(account.Client, folder));
        Assert.Contains("Set Resumes", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<SnapshotException>(() => BackupAsync(
            account.Client, folder, new BackupOptions { Resumes = true, Entities = ["person"] }));
        Assert.Contains("another choice of entities", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<SnapshotException>(() => CopperSnapshot.Open(folder));
        Assert.Contains("was interrupted", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_do_not_write_one_folder()
    {
        using var account = NewAccount();
        var folder = NewFolder();
        Exception? second = null;
        var network = new HookHandler
        {
            Before = (number, _) =>
            {
                if (number == 5)
                {
                    second = Record.Exception(() => BackupAsync(account.Client, folder, Resumed).GetAwaiter().GetResult());
                }
            },
        };
        using var snapshot = await BackupAsync(account.Connect(network), folder);

        Assert.IsAssignableFrom<IOException>(second);
        Assert.All(CopperSnapshot.Verify(folder), static file => Assert.Equal(SnapshotFileStatus.Sound, file.Status));
    }

    private static SandboxAccount NewSmallAccount() => NewAccount(static options =>
    {
        options.People = 210;
        options.Leads = 20;
        options.Activities = 210;
    });

    private static string NewFolderOf(string folder)
    {
        // Leave the folder as an interrupted backup that has begun to write its files would.
        Directory.CreateDirectory(Path.Combine(folder, ".partial"));
        return folder;
    }

    /// <summary>Ends the backup when it begins to write its files.</summary>
    private sealed class Ending(CancellationTokenSource source) : IProgress<SnapshotProgress>
    {
        public void Report(SnapshotProgress value)
        {
            if (value.Activity == "Writing the files")
            {
                source.Cancel();
            }
        }
    }
}
