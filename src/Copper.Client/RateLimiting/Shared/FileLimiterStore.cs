using System.Globalization;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// A file that is open to one process at a time. The system closes it when its process ends, however it ends, so that no lock outlives
/// its owner.
/// </summary>
internal sealed class FileLimiterStore(string path, Clock clock) : ILimiterStore
{
    /// <summary>Far more than any state needs. A longer file was not written here, and is not read into memory.</summary>
    private const int LongestState = 4 << 20;

    private const string NoFileOfItsOwn = "It is a link or a device, and no file of its own. Remove it.";

    public string Name => path;

    public StoreKind Kind => StoreKind.File;

    public Clock Clock => clock;

    public string Advice => LimiterDirectory.Advice;

    public string Version
    {
        get
        {
            try
            {
                return File.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return string.Empty;
            }
        }
    }

    public ValueTask<IStoredState?> TryReadAsync(CancellationToken cancellationToken)
    {
        if (Open() is not { } file)
        {
            return new ValueTask<IStoredState?>((IStoredState?)null);
        }

        try
        {
            var bytes = Read(file);
            return new ValueTask<IStoredState?>(new OpenFile(file, bytes, DateTime.UtcNow - File.GetLastWriteTimeUtc(path)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static byte[] Read(FileStream file)
    {
        var bytes = new byte[Math.Min(file.Length, LongestState)];
        var read = 0;
        while (read < bytes.Length && file.Read(bytes, read, bytes.Length - read) is > 0 and var count)
        {
            read += count;
        }

        return bytes;
    }

    private FileStream? Open()
    {
        // Whoever may write to the folder could plant a link to a file of the user, which would be followed and overwritten.
        var exists = Exists();
        if (OpenOrCreate(exists) is not { } file)
        {
            return null;
        }

        try
        {
            if (!file.CanSeek || !Exists())
            {
                throw new IOException(NoFileOfItsOwn);
            }

            LimiterDirectory.CheckMode(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>There is a file of its own. Checks a link itself, also one whose target is missing.</summary>
    private bool Exists()
    {
        try
        {
            return (File.GetAttributes(path) & (FileAttributes.ReparsePoint | FileAttributes.Device)) == 0
                ? true
                : throw new IOException(NoFileOfItsOwn);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private FileStream? OpenOrCreate(bool exists)
    {
        try
        {
            // A new file is created only where there is nothing: not even a link without a target, which would be followed.
            var mode = exists ? FileMode.Open : FileMode.CreateNew;
#if NET
            var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
            if (!exists && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, options);
#else
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, 1);
#endif
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has removed the folder.
            LimiterDirectory.Create(Path.GetDirectoryName(path)!);
            return null;
        }
        catch (FileNotFoundException)
        {
            // Somebody has removed the file since it was found.
            return null;
        }
        catch (IOException exception) when (IsInUse(exception) || (!exists && IsThere(exception)))
        {
            return null;
        }
    }

    /// <summary>Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION. Elsewhere EWOULDBLOCK: 11 on Linux, 35 on macOS.</summary>
    private static bool IsInUse(IOException exception) =>
        exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35;

    /// <summary>Another process has created it just now. Windows: ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS. Elsewhere EEXIST.</summary>
    private static bool IsThere(IOException exception) =>
        exception.HResult is unchecked((int)0x80070050) or unchecked((int)0x800700B7) or 17;

    private sealed class OpenFile(FileStream file, byte[] bytes, TimeSpan age) : IStoredState
    {
        public byte[] Bytes { get; } = bytes;

        public TimeSpan Age { get; } = age;

        public ClockOffset Offset => default;

        public ValueTask<bool> TryReplaceAsync(byte[] bytes, CancellationToken cancellationToken)
        {
            // One write over the old bytes: a process that is ended here leaves the one or the other. What follows them does no harm.
            file.Position = 0;
            file.Write(bytes, 0, bytes.Length);
            file.Flush();
            if (file.Length > 4 * bytes.Length)
            {
                file.SetLength(bytes.Length);
            }

            return new ValueTask<bool>(true);
        }

        public void Dispose() => file.Dispose();
    }
}
