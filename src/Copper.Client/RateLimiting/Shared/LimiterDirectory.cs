using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>Where the files of shared limits are: in the user's own folder for state, which does not roam between machines.</summary>
internal static class LimiterDirectory
{
    /// <summary>What to do when the folder or the file cannot be used.</summary>
    public static string Advice =>
        $"Give the account that runs this a folder that it can write to in the environment variable {Variable}, "
        + "or leave the shared limit off.";

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static string Variable => IsWindows ? "LOCALAPPDATA" : "XDG_STATE_HOME";

    /// <summary>
    /// The file for a service. Its name is a hash of the address and the machine: machines with a common home do not share it.
    /// </summary>
    public static string FileFor(Uri baseUri) => Path.Combine(
        Find(),
        $"shared-limit-{LimiterStateSerializer.Version}-{Key(baseUri.GetLeftPart(UriPartial.Authority), Environment.MachineName):n}.bin");

    /// <summary>The path of the folder: below LOCALAPPDATA on Windows, elsewhere below XDG_STATE_HOME or ~/.local/state.</summary>
    /// <exception cref="IOException">The user has no such folder.</exception>
    public static string Find()
    {
        var set = Environment.GetEnvironmentVariable(Variable);
        if (set is { Length: > 0 } && Path.IsPathRooted(set))
        {
            return Path.Combine(set, "CopperPS");
        }

        var home = Environment.GetFolderPath(
            IsWindows ? Environment.SpecialFolder.LocalApplicationData : Environment.SpecialFolder.UserProfile);
        return home.Length == 0
            ? throw new IOException("The rate limit cannot be shared with other processes: this user has no home folder. " + Advice)
            : IsWindows ? Path.Combine(home, "CopperPS") : Path.Combine(home, ".local", "state", "CopperPS");
    }

    /// <summary>Creates the folder, for the user alone.</summary>
    /// <exception cref="IOException">The path is a link, or a folder that others may write to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to another user.</exception>
    public static void Create(string path)
    {
        // Others could put a file of their own instead of the state, or a link to a file of the user.
        if (IsLink(path))
        {
            throw new IOException("It is a link, and no folder of its own. Remove it.");
        }

#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var mode = File.GetUnixFileMode(path);
            Check(mode, $"Others may write to this folder. Remove that permission (chmod go-w '{path}'), and check the files in it.");

            // Only the owner may set the mode, even to what it is.
            File.SetUnixFileMode(path, mode);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Rejects a file that others may write to.</summary>
    /// <exception cref="IOException">Others may write to it.</exception>
    public static void CheckMode(FileStream file)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Check(File.GetUnixFileMode(file.SafeFileHandle), "Others may write to this file. Remove it.");
        }
#endif
    }

    /// <summary>Identifies something without revealing what it is.</summary>
    public static Guid Key(params string[] parts)
    {
        using var sha = SHA256.Create();
        return new Guid(sha.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", parts))).Take(16).ToArray());
    }

    private static bool IsLink(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

#if NET
    private static void Check(UnixFileMode mode, string complaint)
    {
        if ((mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            throw new IOException(complaint);
        }
    }
#endif

}
