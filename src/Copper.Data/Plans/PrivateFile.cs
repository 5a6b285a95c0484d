#if !NET
using System.Runtime.InteropServices;
using System.Security.AccessControl;
using System.Security.Principal;
#endif

namespace Copper.Data.Plans;

/// <summary>Files and folders with personal data: only their owner reads and writes them.</summary>
internal static class PrivateFile
{
    /// <summary>Creates a folder, and those above it that are missing; the new ones are their owner's only.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateFolder(parent);
        }

#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }

        Restrict(Directory.CreateDirectory(path));
#else
        var folder = Directory.CreateDirectory(path);
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            Restrict(folder);
        }
#endif
    }

    /// <summary>Puts a file in place of another, at once: a reader finds the former or the new one, whole.</summary>
    /// <param name="from">The new file, in the same folder.</param>
    /// <param name="to">The file that it replaces; there need be none.</param>
    public static void Replace(string from, string to)
    {
#if NET
        File.Move(from, to, overwrite: true);
#else
        if (File.Exists(to))
        {
            File.Replace(from, to, null);
        }
        else
        {
            File.Move(from, to);
        }
#endif
    }

    /// <summary>Opens a file for writing; one that is new is its owner's only.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">How it is opened.</param>
    /// <param name="bufferSize">The size of the buffer; 1 for none, so that what cannot be written is not kept for later.</param>
    /// <param name="fate">What becomes of the file.</param>
    public static FileStream Create(string path, FileMode mode, int bufferSize = 4096, FileOptions fate = FileOptions.None)
    {
#if NET
        var options = new FileStreamOptions
        {
            Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = bufferSize, Options = fate,
        };
        if (!OperatingSystem.IsWindows())
        {
            if (mode != FileMode.Open)
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, options);
        }

        var exists = File.Exists(path);
        var file = new FileStream(path, options);
        if (!exists)
        {
            Restrict(file);
        }

        return file;
#else
        var exists = File.Exists(path);
        var file = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.Read, bufferSize, fate);
        if (!exists && RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            Restrict(file);
        }

        return file;
#endif
    }

#if NET
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static void Restrict(FileStream file)
    {
        var rules = new System.Security.AccessControl.FileSecurity();
        rules.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using var user = System.Security.Principal.WindowsIdentity.GetCurrent();
        rules.AddAccessRule(new System.Security.AccessControl.FileSystemAccessRule(
            user.User!, System.Security.AccessControl.FileSystemRights.FullControl, System.Security.AccessControl.AccessControlType.Allow));
        file.SetAccessControl(rules);
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static void Restrict(DirectoryInfo folder)
    {
        var rules = new System.Security.AccessControl.DirectorySecurity();
        rules.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using var user = System.Security.Principal.WindowsIdentity.GetCurrent();
        rules.AddAccessRule(new System.Security.AccessControl.FileSystemAccessRule(
            user.User!,
            System.Security.AccessControl.FileSystemRights.FullControl,
            System.Security.AccessControl.InheritanceFlags.ContainerInherit
                | System.Security.AccessControl.InheritanceFlags.ObjectInherit,
            System.Security.AccessControl.PropagationFlags.None,
            System.Security.AccessControl.AccessControlType.Allow));
        folder.SetAccessControl(rules);
    }
#else
    private static void Restrict(FileStream file)
    {
        var rules = new FileSecurity();
        rules.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using var user = WindowsIdentity.GetCurrent();
        rules.AddAccessRule(new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        file.SetAccessControl(rules);
    }

    private static void Restrict(DirectoryInfo folder)
    {
        var rules = new DirectorySecurity();
        rules.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using var user = WindowsIdentity.GetCurrent();
        rules.AddAccessRule(new FileSystemAccessRule(
            user.User!,
            FileSystemRights.FullControl,
            InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
            PropagationFlags.None,
            AccessControlType.Allow));
        folder.SetAccessControl(rules);
    }
#endif
}
