namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// A file that is open to one process at a time. The system closes it when its process ends, however it ends, so no lock
/// outlives its owner.
/// </summary>
internal sealed class LimiterFile(string path) : LimiterStore
{
    /// <summary>Far more than any state needs. What is longer was not written here, and is not read into memory.</summary>
    private const int LongestState = 4 << 20;

    public override string Name => path;

    public override long Revision
    {
        get
        {
            try
            {
                return File.GetLastWriteTimeUtc(path).Ticks;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }
    }

    public override bool TryUpdate(Func<byte[], TimeSpan, byte[]?> change)
    {
        using var file = Open();
        if (file is null)
        {
            return false;
        }

        var bytes = new byte[Math.Min(file.Length, LongestState)];
        var read = 0;
        while (read < bytes.Length && file.Read(bytes, read, bytes.Length - read) is > 0 and var count)
        {
            read += count;
        }

        var age = DateTime.UtcNow - File.GetLastWriteTimeUtc(path);
        if (change(bytes, age) is { } changed)
        {
            // In one piece, over the old: a process that is ended here leaves the one or the other. A longer rest does no harm.
            file.Position = 0;
            file.Write(changed, 0, changed.Length);
            file.Flush();
            if (file.Length > 4 * changed.Length)
            {
                file.SetLength(changed.Length);
            }
        }

        return true;
    }

    private FileStream? Open()
    {
        // Whoever may write to the folder could have a link followed to a file of the user's own, which would then be written over.
        var exists = Exists();
        if (OpenOrCreate(exists) is not { } file)
        {
            return null;
        }

        try
        {
            if (!file.CanSeek || !Exists())
            {
                throw new IOException("It is a link or a device, and no file of its own. Remove it.");
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

    /// <summary>There is a file of its own. Looks at the link itself, also at one whose target is missing.</summary>
    private bool Exists()
    {
        try
        {
            return (File.GetAttributes(path) & (FileAttributes.ReparsePoint | FileAttributes.Device)) == 0
                ? true
                : throw new IOException("It is a link or a device, and no file of its own. Remove it.");
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
            // A new file is created only where there is nothing: not even a link that leads nowhere, which would be followed.
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
            // Somebody has tidied up.
            LimiterDirectory.Create(Path.GetDirectoryName(path)!);
            return null;
        }
        catch (FileNotFoundException)
        {
            // Somebody has removed it just now.
            return null;
        }
        catch (IOException exception) when (IsInUse(exception) || (!exists && IsThere(exception)))
        {
            return null;
        }
    }

    /// <summary>Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION. Elsewhere EWOULDBLOCK: 11 on Linux, 35 on macOS.</summary>
    private static bool IsInUse(IOException exception) => exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35;

    /// <summary>Another process has created it just now. Windows: ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS. Elsewhere EEXIST.</summary>
    private static bool IsThere(IOException exception) => exception.HResult is unchecked((int)0x80070050) or unchecked((int)0x800700B7) or 17;
}
