using System.Text;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// Replaces files of a snapshot so that it is the former one or the new one, whenever the process ends. The new files are written beside
/// the former ones; once all are on the disk a mark is set, and they are moved. Whoever opens a snapshot that has the mark moves the rest.
/// One process at a time rewrites a snapshot.
/// </summary>
internal sealed class SnapshotRewrite : IDisposable
{
    /// <summary>The folder of new files in that of the snapshot.</summary>
    public const string Work = ".rewrite";

    private const string Files = "files";
    private const string Whole = "whole";
    private const string Lock = "lock";

    private readonly string _path;
    private readonly FileStream _lock;

    private SnapshotRewrite(string path, FileStream guard)
    {
        _path = path;
        _lock = guard;
    }

    /// <summary>Where the new files are written, under the names that they have in the snapshot.</summary>
    public string Folder => Path.Combine(_path, Work, Files);

    /// <summary>Begins. What an interrupted attempt has written is completed, or discarded when it was not whole.</summary>
    /// <param name="path">The folder of the snapshot.</param>
    /// <exception cref="SnapshotException">Another process rewrites the snapshot.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static SnapshotRewrite Begin(string path)
    {
        Recover(path);
        var work = Path.Combine(path, Work);
        PrivateFile.CreateFolder(work);
        var guard = TryLock(work) ?? throw InUse(path);
        var rewrite = new SnapshotRewrite(path, guard);
        try
        {
            Delete(rewrite.Folder);
            PrivateFile.CreateFolder(rewrite.Folder);
            return rewrite;
        }
        catch
        {
            rewrite.Dispose();
            throw;
        }
    }

    /// <summary>All new files are written: puts them in place, and the manifest that states them.</summary>
    /// <param name="manifest">The new manifest.</param>
    public void Complete(SnapshotManifest manifest)
    {
        var json = manifest.ToJson();
        RecordFile.Write(Path.Combine(Folder, SnapshotLayout.Sums), manifest.ToSums(json));
        RecordFile.Write(Path.Combine(Folder, SnapshotLayout.Manifest), json);
        RecordFile.Write(Path.Combine(_path, Work, Whole), Encoding.ASCII.GetBytes("All files are there.\n"));
        Move(_path);
    }

    /// <summary>Ends. What was not completed is discarded.</summary>
    public void Dispose()
    {
        var work = Path.Combine(_path, Work);
        var isWhole = File.Exists(Path.Combine(work, Whole));
        if (!isWhole)
        {
            Delete(Folder);
        }

        _lock.Dispose();
        if (!isWhole)
        {
            Delete(work);
        }
    }

    /// <summary>Completes a rewriting that was interrupted when all its files were there. Nothing is done where there is none.</summary>
    /// <param name="path">The folder of the snapshot.</param>
    /// <exception cref="SnapshotException">It cannot be completed, or another process is about to.</exception>
    public static void Recover(string path)
    {
        var work = Path.Combine(path, Work);
        if (!File.Exists(Path.Combine(work, Whole)))
        {
            return;
        }

        try
        {
            using (TryLock(work) ?? throw InUse(path))
            {
                Move(path);
            }

            Delete(work);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotException(
                $"A part of the snapshot '{path}' was being rewritten, and this could not be completed. {exception.Message}", exception);
        }
    }

    /// <summary>A file of a rewriting, which is no part of the snapshot.</summary>
    /// <param name="name">The name below the folder of the snapshot, with slashes.</param>
    public static bool IsWork(string name) => name.StartsWith(Work + "/", StringComparison.Ordinal);

    /// <summary>Moves the files, the manifest last. Those that were moved before are not there any more.</summary>
    private static void Move(string path)
    {
        var work = Path.Combine(path, Work);
        var folder = Path.Combine(work, Files);
        if (Directory.Exists(folder))
        {
            var manifest = Path.Combine(folder, SnapshotLayout.Manifest);
            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .OrderBy(file => file == manifest).ThenBy(static file => file, StringComparer.Ordinal))
            {
                var target = Path.Combine(path, file.Substring(folder.Length + 1));
                PrivateFile.CreateFolder(Path.GetDirectoryName(target)!);
                PrivateFile.Replace(file, target);
            }
        }

        File.Delete(Path.Combine(work, Whole));
    }

    private static FileStream? TryLock(string work)
    {
        try
        {
            return new FileStream(Path.Combine(work, Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (Directory.Exists(work) && File.Exists(Path.Combine(work, Lock)))
        {
            return null;
        }
    }

    private static SnapshotException InUse(string path) => new(
        $"The snapshot '{path}' is being rewritten by another process. Wait until it is done.");

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
