namespace Copper.Data.Plans;

/// <summary>
/// A temporary file for what a long run must remember and memory need not hold. It holds personal data, so only its owner reads it, and
/// it goes with the process however that ends: Unix gives it no name once it is open, and Windows deletes it with its last handle.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly object _lock = new();
    private FileStream? _file;
    private long _length;

    /// <summary>So many items of a list stay in memory: a short list needs no file. Tests set it to 0.</summary>
    internal static int MostInMemory { get; set; } = 500;

    /// <summary>Adds bytes, and returns where they begin.</summary>
    /// <exception cref="PlanException">The temporary folder cannot take them.</exception>
    public long Append(byte[] bytes, int count)
    {
        lock (_lock)
        {
            try
            {
                var file = _file ??= Open();
                file.Seek(_length, SeekOrigin.Begin);
                file.Write(bytes, 0, count);
                var offset = _length;
                _length += count;
                return offset;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unusable(exception);
            }
        }
    }

    /// <summary>Reads bytes back.</summary>
    /// <exception cref="PlanException">The file cannot be read.</exception>
    public byte[] Read(long offset, int count)
    {
        lock (_lock)
        {
            try
            {
                var bytes = new byte[count];
                var file = _file ?? throw new ObjectDisposedException(nameof(SpillFile));
                if (file.Position != offset)
                {
                    file.Seek(offset, SeekOrigin.Begin);
                }

                for (var read = 0; read < count;)
                {
                    var part = file.Read(bytes, read, count - read);
                    read += part > 0 ? part : throw new EndOfStreamException("The temporary file has become shorter.");
                }

                return bytes;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unusable(exception);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private static FileStream Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"copper-{Guid.NewGuid():N}.tmp");
        var file = PrivateFile.Create(path, FileMode.CreateNew, BufferSize, FileOptions.DeleteOnClose);
        if (Path.DirectorySeparatorChar == '/')
        {
            // A killed process closes nothing.
            File.Delete(path);
        }

        return file;
    }

    private static PlanException Unusable(Exception exception) => new(
        $"What does not fit into memory is kept in the temporary folder '{Path.GetTempPath()}', and that cannot be used. "
            + $"{exception.Message} Make room there, or name another folder in the variable "
            + $"{(Path.DirectorySeparatorChar == '/' ? "TMPDIR" : "TEMP")} of the environment.",
        exception);
}
