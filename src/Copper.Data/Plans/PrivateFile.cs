#if !NET
using System.Runtime.InteropServices;
using System.Security.AccessControl;
using System.Security.Principal;
#endif

namespace Copper.Data.Plans;

/// <summary>Files with personal data: only their owner reads and writes them.</summary>
internal static class PrivateFile
{
    /// <summary>Opens a file for writing; one that is new is its owner's only.</summary>
    public static FileStream Create(string path, FileMode mode)
    {
#if NET
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read };
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
        var file = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.Read);
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
#else
    private static void Restrict(FileStream file)
    {
        var rules = new FileSecurity();
        rules.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using var user = WindowsIdentity.GetCurrent();
        rules.AddAccessRule(new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        file.SetAccessControl(rules);
    }
#endif
}
