using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>The real file: what may exist instead of it, who may read it, and who uses it.</summary>
public sealed class FileLimiterStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copper-shared-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "limit.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_is_open_to_one_at_a_time_and_free_at_once_afterwards()
    {
        var (left, right) = (new FileLimiterStore(Path, Clock.System), new FileLimiterStore(Path, Clock.System));
        using (var read = await left.TryReadAsync(default))
        {
            Assert.NotNull(read);
            Assert.Null(await right.TryReadAsync(default));
            Assert.True(await read.TryReplaceAsync([1], default));
        }

        using var again = await right.TryReadAsync(default);
        Assert.Equal([1], again!.Bytes);
    }

    [Fact]
    public void A_file_too_long_for_a_state_is_not_read_whole_and_is_cut_to_size()
    {
        using (var file = File.Create(Path))
        {
            file.SetLength(1L << 32);
        }

        var limit = Register();

        Assert.InRange(new FileInfo(Path).Length, 1, 10_000);
        Assert.NotEmpty(limit.GetStatus([]));
    }

    [Fact]
    public void An_empty_file_is_a_state_that_nobody_has_written_yet()
    {
        File.WriteAllBytes(Path, []);

        var limit = Register();

        Assert.Equal(0, limit.GetStatus([])[0].Used);
        Assert.NotEqual(0, new FileInfo(Path).Length);
    }

    [Fact]
    public void A_pipe_in_place_of_the_file_is_rejected_and_nobody_waits_for_its_other_end()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [Path]))
        {
            pipe.WaitForExit();
        }

        Assert.Contains("device", Assert.Throws<IOException>(() => Register()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        var target = System.IO.Path.Combine(_folder, "precious.txt");
        File.WriteAllText(target, "precious");
        File.CreateSymbolicLink(Path, target);

        var failure = Assert.Throws<IOException>(() => Register());

        Assert.Contains("link", failure.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(target));
    }

    [Fact]
    public void A_link_without_a_target_is_not_followed_either()
    {
        var target = System.IO.Path.Combine(_folder, "not-there.txt");
        File.CreateSymbolicLink(Path, target);

        var failure = Assert.Throws<IOException>(() => Register());

        Assert.Contains("link", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }

    [Fact]
    public void A_folder_that_is_a_link_is_rejected()
    {
        var link = System.IO.Path.Combine(_folder, "state");
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(System.IO.Path.Combine(_folder, "elsewhere")).FullName);

        Assert.Contains("link", Assert.Throws<IOException>(() => LimiterDirectory.Create(link)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_folder_or_a_file_that_others_may_write_to_is_rejected(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        LimiterDirectory.Create(_folder);
        Register();
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | others);
        Assert.Contains("Others may write to this file", Assert.Throws<IOException>(() => Register()).Message, StringComparison.Ordinal);

        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | others);
        Assert.Contains("chmod go-w", Assert.Throws<IOException>(() => LimiterDirectory.Create(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_instead_of_the_file_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(Path);

        Assert.Contains(Path, Assert.Throws<IOException>(() => Register()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wait_for_a_file_that_is_kept_open_can_be_cancelled()
    {
        using var held = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Register(cancel.Token));
    }

    [Fact]
    public void Only_the_user_may_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Register();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    private CrossProcessRateLimiter Register(CancellationToken cancellationToken = default)
    {
        var limit = new CrossProcessRateLimiter(
            new FileLimiterStore(Path, Clock.System), ProcessLivenessChecker.System, LimiterDirectory.Key("key"), static work => work());
        limit.Register([RateLimit.Parse("2/6s")], [], TimeSpan.FromSeconds(100), cancellationToken);
        return limit;
    }
}
