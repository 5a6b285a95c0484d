using System.IO.Compression;
using System.Text.Json;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>Reads the records of a file of a snapshot, one after the other.</summary>
internal static class RecordFileReader
{
    /// <summary>The records in the order of the file. A record is valid until the next one is read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="records">So many it has; null when that is not known. Compressed data that ends too early looks whole.</param>
    /// <exception cref="SnapshotException">The file is missing or damaged.</exception>
    public static IEnumerable<(long Id, ArraySegment<byte> Json)> Read(string path, long? records = null)
    {
        using var file = Open(path);
        using var zip = new GZipStream(file, CompressionMode.Decompress);
        var reader = new LineReader(zip);
        var number = 1L;
        for (; TryRead(path, number, reader, out var id, out var json); number++)
        {
            yield return (id, json);
        }

        if (records is { } count && count != number - 1)
        {
            throw Damaged(path, $"it has {number - 1} records instead of {count}");
        }
    }

    private static bool TryRead(string path, long number, LineReader reader, out long id, out ArraySegment<byte> json)
    {
        try
        {
            id = 0;
            if (!reader.TryRead(out json))
            {
                return reader.IsTorn ? throw Damaged(path, $"it ends within line {number}") : false;
            }

            id = RecordHead.Of(json.AsSpan()).Id ?? throw Damaged(path, $"line {number} is no record");
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException)
        {
            throw Damaged(path, $"line {number} cannot be read", exception);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, exception);
        }
    }

    /// <summary>A file of a snapshot is not there.</summary>
    internal static SnapshotException Missing(string path, Exception? cause = null) =>
        new($"The file '{path}' of the snapshot is missing. Take another copy of the snapshot.", cause);

    private static SnapshotException Damaged(string path, string problem, Exception? cause = null) =>
        new($"The file '{path}' of the snapshot is damaged: {problem}. Take another copy of the snapshot.", cause);
}
