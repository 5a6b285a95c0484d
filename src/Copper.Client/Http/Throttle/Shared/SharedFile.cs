namespace Copper.Client.Http.Throttle.Shared;

/// <summary>
/// A file that is open to one process at a time. The system closes it when its process ends, however it ends, so no lock
/// outlives its owner.
/// </summary>
internal sealed class SharedFile(string path) : SharedStore
{
    /// <summary>Far more than any state needs. What is longer was not written here, and is not read into memory.</summary>
    private const int LongestState = 4 << 20;

    public override string Name => path;

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
        if (OpenOrCreate() is not { } file)
        {
            return null;
        }

        // Whoever may write to the folder could have a link followed to a file of the user's own, which would then be written over.
        if (file.CanSeek && (File.GetAttributes(path) & (FileAttributes.ReparsePoint | FileAttributes.Device)) == 0)
        {
            return file;
        }

        file.Dispose();
        throw new IOException("It is a link or a device, and no file of its own. Remove it.");
    }

    private FileStream? OpenOrCreate()
    {
        try
        {
#if NET
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, options);
#else
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
#endif
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has tidied up.
            SharedDirectory.Create(Path.GetDirectoryName(path)!);
            return null;
        }
        catch (IOException exception) when (IsInUse(exception))
        {
            return null;
        }
    }

    /// <summary>Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION. Elsewhere EWOULDBLOCK: 11 on Linux, 35 on macOS.</summary>
    private static bool IsInUse(IOException exception) => exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35;
}
