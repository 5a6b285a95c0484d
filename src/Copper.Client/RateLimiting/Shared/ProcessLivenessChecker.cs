using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>Tells whether a process still runs.</summary>
internal class ProcessLivenessChecker
{
    private static readonly bool IsLinux = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);
    private readonly Lazy<ProcessIdentity> _self = new(static () =>
    {
        using var process = Process.GetCurrentProcess();
        var host = IsLinux ? $"{ReadBoot()} {ReadNamespace()}" : Environment.MachineName;
        return new ProcessIdentity(process.Id, StartOf(process.Id) ?? 0, host);
    });

    public static ProcessLivenessChecker System { get; } = new();

    public virtual ProcessIdentity Self => _self.Value;

    /// <summary>
    /// Null when that cannot be determined from here: a process of another container, or one whose start must not be read.
    /// </summary>
    public virtual bool? IsAlive(ProcessIdentity process)
    {
        if (process == Self)
        {
            return true;
        }

        if (process.Host != Self.Host)
        {
            // Another run of the machine has ended, with all its processes.
            return process.Host.Split(' ')[0] == Self.Host.Split(' ')[0] ? null : false;
        }

        try
        {
            return StartOf(process.Id) == process.Started;
        }
        catch (Exception exception) when (exception
            is Win32Exception or InvalidOperationException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>When the process started, in the system's own unit; null when there is none.</summary>
    private static long? StartOf(int id) => IsLinux ? StartOnLinux(id) : StartElsewhere(id);

    private static long? StartOnLinux(int id)
    {
        try
        {
            // proc(5): the name may hold anything, so count from its closing bracket: state is field 3, start time field 22.
            var text = File.ReadAllText(string.Format(CultureInfo.InvariantCulture, "/proc/{0}/stat", id));
            var fields = text.Substring(text.LastIndexOf(')') + 2).Split(' ');

            // A zombie has ended; only its parent has not noticed it yet.
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static long? StartElsewhere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string ReadBoot()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Environment.MachineName;
        }
    }

    /// <summary>Each container has process ids of its own.</summary>
    private static string ReadNamespace()
    {
#if NET
        try
        {
            return new FileInfo("/proc/self/ns/pid").LinkTarget ?? string.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
#else
        return string.Empty;
#endif
    }
}
