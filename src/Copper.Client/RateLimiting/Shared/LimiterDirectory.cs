using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>Where the files of shared limits are: in the user's own folder for state, which is not taken from machine to machine.</summary>
internal static class LimiterDirectory
{
    private const string Advice = "Give the account that runs this a folder that it can write to in the environment variable {0}, or leave the shared limit off.";

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static string Variable => IsWindows ? "LOCALAPPDATA" : "XDG_STATE_HOME";

    /// <summary>The file for a service. Its name tells nothing: a hash of the address and the machine, so that machines with a common home do not meet in it.</summary>
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

        var home = Environment.GetFolderPath(IsWindows ? Environment.SpecialFolder.LocalApplicationData : Environment.SpecialFolder.UserProfile);
        return home.Length == 0
            ? throw new IOException("The rate limit cannot be shared with other processes: this user has no home folder. " + Format(Advice))
            : IsWindows ? Path.Combine(home, "CopperPS") : Path.Combine(home, ".local", "state", "CopperPS");
    }

    /// <summary>Makes the folder, for the user alone.</summary>
    /// <exception cref="IOException">What is there is a link, or a folder in which others may write.</exception>
    /// <exception cref="UnauthorizedAccessException">What is there belongs to another user.</exception>
    public static void Create(string path)
    {
        // Others could put a file of their own in the place of the state, or a link to one of the user's.
        if (IsLink(path))
        {
            throw new IOException("It is a link, and no folder of its own. Remove it.");
        }

#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var mode = File.GetUnixFileMode(path);
            Check(mode, $"Others may write to this folder. Take that away from them (chmod go-w '{path}'), and look at what is in it.");

            // Only the owner may set the mode, even to what it is.
            File.SetUnixFileMode(path, mode);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Refuses a file to which others may write.</summary>
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

    /// <summary>The error of a folder or file that cannot be used.</summary>
    public static IOException Unusable(string path, Exception reason) => new(
        $"The rate limit cannot be shared with other processes: '{path}' cannot be written ({reason.Message.TrimEnd('.')}). {Format(Advice)}", reason);

    /// <summary>Tells things apart without telling what they are.</summary>
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

    private static string Format(string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Variable);
}
