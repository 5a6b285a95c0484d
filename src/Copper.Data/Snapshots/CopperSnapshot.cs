using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Snapshots;

/// <summary>A snapshot of an account in a folder: complete, and read without a connection.</summary>
public sealed class CopperSnapshot : IDisposable
{
    private readonly HashSet<string> _sound = new(StringComparer.Ordinal);
    private SnapshotNames? _names;
    private bool _checksFiles;

    private CopperSnapshot(string path, SnapshotManifest manifest)
    {
        Path = path;
        Manifest = manifest;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The name of the account.</summary>
    public string? AccountName => Manifest.AccountName;

    /// <summary>When the snapshot was taken (UTC): it shows the account as it was then.</summary>
    public DateTimeOffset Time => Manifest.Finished;

    /// <summary>The records in it, activities included.</summary>
    public long Records => Manifest.Files
        .Where(static file => !file.Name.StartsWith(SnapshotLayout.References + "/", StringComparison.Ordinal))
        .Where(static file => !IsLinkFile(file.Name))
        .Sum(static file => file.Records);

    /// <summary>The size of its files in bytes.</summary>
    public long Bytes => Manifest.Files.Sum(static file => file.Bytes);

    /// <summary>What is in it beside the records of the six entities.</summary>
    public IReadOnlyList<SnapshotContent> Contents => [.. Manifest.Include.OrderBy(static content => content)];

    /// <summary>All that was asked for is in it.</summary>
    public bool IsComplete => Manifest.IsComplete;

    /// <summary>What is not in it, a sentence each.</summary>
    public IReadOnlyList<string> NotIncluded => Manifest.NotIncluded;

    /// <summary>What was noticed while the account was read, a sentence each.</summary>
    public IReadOnlyList<string> Notes => Manifest.Notes;

    /// <summary>The manifest.</summary>
    public SnapshotManifest Manifest { get; }

    /// <summary>Opens a snapshot. Its files are not looked at; <see cref="Verify"/> does that.</summary>
    /// <exception cref="SnapshotException">The folder is none, or its backup was interrupted.</exception>
    public static CopperSnapshot Open(string path)
    {
        SnapshotRewrite.Recover(path);
        var manifest = System.IO.Path.Combine(path, SnapshotLayout.Manifest);
        if (!File.Exists(manifest))
        {
            throw new SnapshotException(
                File.Exists(path) ? $"'{path}' is a file. A snapshot is a folder: name that in which its {SnapshotLayout.Manifest} is."
                : !Directory.Exists(path) ? $"There is no folder '{path}'."
                : Directory.Exists(System.IO.Path.Combine(path, SnapshotLayout.Work))
                    ? $"The backup in '{path}' was interrupted. "
                        + Advice.Give(Advice.GoOnWithBackup, "Run the backup again with Resumes to go on with it.", path)
                    : $"The folder '{path}' is no snapshot: it has no {SnapshotLayout.Manifest}.");
        }

        return new CopperSnapshot(path, SnapshotManifest.Parse(manifest, File.ReadAllBytes(manifest)));
    }

    /// <summary>Looks at every file of a snapshot: whether it is there, unchanged, and can be read to its end.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>A row for each file; one that is not sound states why.</returns>
    /// <exception cref="SnapshotException">The folder is no snapshot, or its backup was interrupted.</exception>
    public static IEnumerable<CopperSnapshotFileTest> Verify(string path) => SnapshotVerifier.Verify(path);

    /// <summary>
    /// The records of an entity in the order of their ids (those of activities by months), as the client reads them from the service: with
    /// names beside ids, as the account's lists were then.
    /// </summary>
    /// <param name="entity">The API's singular word.</param>
    /// <exception cref="SnapshotException">The snapshot has no such records, or a file is damaged.</exception>
    public IEnumerable<ICopperRecord> ReadRecords(string entity)
    {
        var kind = EntityOf(entity);
        foreach (var (_, json) in ReadRaw(kind))
        {
            yield return Names.Read(kind, json.ToArray());
        }
    }

    /// <summary>Closes what reads names.</summary>
    public void Dispose() => _names?.Dispose();

    /// <summary>For example <c>Copper Demo, 2026-11-29 14:00Z</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{AccountName}, {Time.UtcDateTime:yyyy-MM-dd HH:mm}Z");

    /// <summary>Reads records with their names.</summary>
    internal SnapshotNames Names => _names ??= new SnapshotNames(this);

    /// <summary>
    /// Checks the lists and the files of some entities against the manifest, and from now on every other file before it is read: what
    /// is restored, or compared, is what was backed up.
    /// </summary>
    /// <exception cref="SnapshotException">A file is missing, or is not as it was written.</exception>
    internal void CheckFiles(IEnumerable<CopperEntity> entities)
    {
        _checksFiles = true;
        var lists = Manifest.Files.Where(static file => file.Name.StartsWith(SnapshotLayout.References + "/", StringComparison.Ordinal));
        foreach (var file in lists.Concat(entities.SelectMany(FilesOf)))
        {
            PathOf(file.Name);
        }
    }

    /// <summary>The records of an entity as they came.</summary>
    internal IEnumerable<(long Id, ArraySegment<byte> Json)> ReadRaw(CopperEntity entity) =>
        FilesOf(entity).SelectMany(file => RecordFileReader.Read(PathOf(file.Name), file.Records));

    /// <summary>The files of the records of an entity.</summary>
    /// <exception cref="SnapshotException">The snapshot has no such records.</exception>
    internal IReadOnlyList<SnapshotFile> FilesOf(CopperEntity entity)
    {
        var files = Manifest.Files.Where(file => entity == CopperEntities.Activity
            ? file.Name.StartsWith(entity.Path + "/", StringComparison.Ordinal)
            : file.Name == SnapshotLayout.RecordFile(entity)).ToArray();
        return files.Length > 0 || Contains(entity) ? files : throw new SnapshotException(
            $"The snapshot '{Path}' has no {entity.Plural}. {string.Join(" ", NotIncluded)}");
    }

    /// <summary>The records of the entity were read, even if there are none.</summary>
    internal bool Contains(CopperEntity entity) => entity == CopperEntities.Activity
        ? Manifest.Include.Contains(SnapshotContent.Activity)
        : Has(SnapshotLayout.RecordFile(entity));

    internal bool Has(string file) => Manifest.Files.Any(one => one.Name == file);

    /// <summary>The path of a file that is about to be read.</summary>
    /// <exception cref="SnapshotException">The files are checked, and this one is missing or not as it was written.</exception>
    internal string PathOf(string file)
    {
        var path = System.IO.Path.Combine(Path, file.Replace('/', System.IO.Path.DirectorySeparatorChar));
        if (_checksFiles && !_sound.Contains(file) && Manifest.Files.FirstOrDefault(one => one.Name == file) is { } stated)
        {
            SnapshotVerifier.Check(path, stated);
            _sound.Add(file);
        }

        return path;
    }

    internal static CopperEntity EntityOf(string word) => word == CopperEntities.Activity.Name
        ? CopperEntities.Activity
        : CopperEntities.GetPrimary(word);

    private static bool IsLinkFile(string name) =>
        new[] { SnapshotContent.Relation, SnapshotContent.Connection, SnapshotContent.FileList }.Any(content =>
            CopperEntities.Primary.Any(entity => SnapshotLayout.LinkFile(content, entity) == name));
}
