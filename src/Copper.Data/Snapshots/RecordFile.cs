using System.IO.Compression;
using System.Security.Cryptography;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>Writes a file of records: a record a line, compressed. It takes its name when it is whole.</summary>
internal sealed class RecordFile : IDisposable
{
    private const string Unfinished = ".tmp";
    private readonly string _folder;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly GZipStream _zip;

    /// <param name="folder">The snapshot.</param>
    /// <param name="name">The name of the file in it.</param>
    public RecordFile(string folder, string name)
    {
        _folder = folder;
        Name = name;
        _path = Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));
        PrivateFile.CreateFolder(Path.GetDirectoryName(_path)!);
        _file = PrivateFile.Create(_path + Unfinished, FileMode.Create);
        _zip = new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true);
    }

    public string Name { get; }

    public long Records { get; private set; }

    public void Write(ArraySegment<byte> record)
    {
        _zip.Write(record.Array!, record.Offset, record.Count);
        _zip.WriteByte((byte)'\n');
        Records++;
    }

    /// <summary>The file is whole.</summary>
    public SnapshotFile Finish()
    {
        _zip.Dispose();
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        PrivateFile.Replace(_path + Unfinished, _path);
        return Describe(_folder, Name, Records);
    }

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    /// <summary>Writes a small file; it takes its name when it is whole.</summary>
    public static void Write(string path, byte[] content)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
        using (var file = PrivateFile.Create(path + Unfinished, FileMode.Create))
        {
            file.Write(content, 0, content.Length);
            file.Flush(flushToDisk: true);
        }

        PrivateFile.Replace(path + Unfinished, path);
    }

    /// <summary>What a manifest states of a file.</summary>
    public static SnapshotFile Describe(string folder, string name, long records)
    {
        var path = Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));
        return new SnapshotFile(name, records, new FileInfo(path).Length, HashOf(path));
    }

    /// <summary>The SHA-256 of a file, in hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using var sha = SHA256.Create();
        using var file = File.OpenRead(path);
        return HexOf(sha.ComputeHash(file));
    }

    /// <summary>The SHA-256 of some bytes, in hexadecimal.</summary>
    public static string HashOf(byte[] content)
    {
        using var sha = SHA256.Create();
        return HexOf(sha.ComputeHash(content));
    }

    private static string HexOf(byte[] hash) => string.Concat(
        hash.Select(static part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
