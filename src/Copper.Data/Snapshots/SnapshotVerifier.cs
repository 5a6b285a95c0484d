using System.Text;
using System.Text.Json;

namespace Copper.Data.Snapshots;

/// <summary>Looks at every file of a snapshot.</summary>
internal static class SnapshotVerifier
{
    public static IEnumerable<CopperSnapshotFileTest> Verify(string path)
    {
        var manifestPath = Path.Combine(path, SnapshotLayout.Manifest);
        var problem = OpenProblem(path, out var manifest);
        var json = File.ReadAllBytes(manifestPath);
        var sumsPath = Path.Combine(path, SnapshotLayout.Sums);
        var sums = File.Exists(sumsPath) ? File.ReadAllBytes(sumsPath) : null;
        if (manifest is null)
        {
            yield return new CopperSnapshotFileTest(SnapshotLayout.Manifest, SnapshotFileStatus.Changed, 0, json.Length, problem);
            yield break;
        }

        foreach (var file in manifest.Files)
        {
            yield return Test(path, file);
        }

        // A manifest that was changed and one whose sum was changed cannot be told apart: both are reported.
        var hasSum = sums is not null && Encoding.ASCII.GetString(sums).Contains(
            $"{RecordFile.HashOf(json)}  {SnapshotLayout.Manifest}\n");
        yield return new CopperSnapshotFileTest(
            SnapshotLayout.Manifest,
            hasSum ? SnapshotFileStatus.Sound : SnapshotFileStatus.Changed,
            0,
            json.Length,
            hasSum ? null : $"Its bytes are not those that {SnapshotLayout.Sums} states.");
        var isSame = sums is not null && sums.SequenceEqual(manifest.ToSums(json));
        yield return new CopperSnapshotFileTest(
            SnapshotLayout.Sums,
            sums is null ? SnapshotFileStatus.Missing : isSame ? SnapshotFileStatus.Sound : SnapshotFileStatus.Changed,
            0,
            sums?.Length ?? 0,
            sums is null ? "The file is not there." : isSame ? null : $"It does not state what {SnapshotLayout.Manifest} states.");
        foreach (var test in Strangers(path, manifest))
        {
            yield return test;
        }
    }

    /// <summary>Checks a file before it is read: its size and its SHA-256 are those that the manifest states.</summary>
    /// <exception cref="SnapshotException">It is missing, or not as it was written.</exception>
    public static void Check(string path, SnapshotFile stated)
    {
        if (!File.Exists(path))
        {
            throw RecordFileReader.Missing(path);
        }

        if (new FileInfo(path).Length != stated.Bytes || RecordFile.HashOf(path) != stated.Sha256)
        {
            throw new SnapshotException(
                $"The file '{path}' is not as the backup wrote it: {SnapshotLayout.Manifest} states another size or SHA-256. "
                    + $"{Advice.Give(Advice.TestSnapshot, "CopperSnapshot.Verify")} shows which files are changed. Use another copy of the "
                    + "snapshot, or another backup. If you edited the file on purpose, write its bytes and sha256 into "
                    + $"{SnapshotLayout.Manifest}.");
        }
    }

    private static string? OpenProblem(string path, out SnapshotManifest? manifest)
    {
        manifest = null;
        try
        {
            using var snapshot = CopperSnapshot.Open(path);
            manifest = snapshot.Manifest;
            return null;
        }
        catch (SnapshotException exception) when (File.Exists(Path.Combine(path, SnapshotLayout.Manifest)))
        {
            return exception.Message;
        }
    }

    private static CopperSnapshotFileTest Test(string folder, SnapshotFile file)
    {
        var path = Path.Combine(folder, file.Name.Replace('/', Path.DirectorySeparatorChar));
        if (!File.Exists(path))
        {
            return new CopperSnapshotFileTest(file.Name, SnapshotFileStatus.Missing, 0, 0, "The file is not there.");
        }

        var bytes = new FileInfo(path).Length;
        if (bytes != file.Bytes)
        {
            return new CopperSnapshotFileTest(
                file.Name, SnapshotFileStatus.Changed, 0, bytes, $"It has {bytes} bytes instead of {file.Bytes}.");
        }

        if (RecordFile.HashOf(path) != file.Sha256)
        {
            return new CopperSnapshotFileTest(
                file.Name, SnapshotFileStatus.Changed, 0, bytes, "Its bytes are not those that were written (SHA-256).");
        }

        try
        {
            var records = file.Name.StartsWith(SnapshotLayout.References + "/", StringComparison.Ordinal)
                ? SnapshotLists.CountOf(File.ReadAllBytes(path))
                : Count(path);
            return records == file.Records
                ? new CopperSnapshotFileTest(file.Name, SnapshotFileStatus.Sound, records, bytes, null)
                : new CopperSnapshotFileTest(
                    file.Name, SnapshotFileStatus.Changed, records, bytes, $"It has {records} records instead of {file.Records}.");
        }
        catch (Exception exception) when (exception is SnapshotException or JsonException)
        {
            return new CopperSnapshotFileTest(file.Name, SnapshotFileStatus.Changed, 0, bytes, exception.Message);
        }
    }

    private static long Count(string path)
    {
        var count = 0L;
        var last = long.MinValue;
        foreach (var (id, _) in RecordFileReader.Read(path))
        {
            count++;
            last = id > last ? id : throw new SnapshotException($"The records of '{path}' are not in the order of their ids.");
        }

        return count;
    }

    private static IEnumerable<CopperSnapshotFileTest> Strangers(string folder, SnapshotManifest manifest)
    {
        var known = new HashSet<string>(
            manifest.Files.Select(static file => file.Name).Concat([SnapshotLayout.Manifest, SnapshotLayout.Sums]), StringComparer.Ordinal);
        var root = folder.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).OrderBy(
            static path => path, StringComparer.Ordinal))
        {
            var name = path.Substring(root.Length + 1).Replace(Path.DirectorySeparatorChar, '/');
            if (!known.Contains(name) && !SnapshotRewrite.IsWork(name))
            {
                yield return new CopperSnapshotFileTest(
                    name, SnapshotFileStatus.Unexpected, 0, new FileInfo(path).Length, "It does not belong to the snapshot.");
            }
        }
    }
}
