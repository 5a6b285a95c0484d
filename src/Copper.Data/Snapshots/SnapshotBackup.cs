using System.Text;
using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>
/// Writes an account into a folder as the service sends it. It can be ended at any moment, and resumed: what was read stays read. The
/// folder and its files are their owner's only, since they hold personal data; no credential is in them.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="options">What is read; null for all records and activities.</param>
/// <param name="progress">Is told how far the backup has come, from any thread; null for nobody.</param>
public sealed class SnapshotBackup(CopperClient client, BackupOptions? options = null, IProgress<SnapshotProgress>? progress = null)
{
    private const string StateFile = "backup.json";
    private const string LockFile = "lock";

    /// <summary>Activities that were older than this when an earlier snapshot was taken seldom change any more.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromDays(7);

    private readonly BackupOptions _options = options ?? new BackupOptions();

    private static string WithoutPrevious => Advice.Give(Advice.LeaveOutPrevious, "Leave out Previous");

    /// <summary>Reads the account.</summary>
    /// <param name="path">The folder of the snapshot; new or empty, or that of a backup that was interrupted.</param>
    /// <param name="cancellationToken">Ends the reading; it can be resumed.</param>
    /// <exception cref="SnapshotException">The folder holds something else, or an interrupted backup of something else.</exception>
    /// <exception cref="CopperException">The service could not be read; the backup can be resumed.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process writes it.</exception>
    public async Task<CopperSnapshot> RunAsync(string path, CancellationToken cancellationToken = default)
    {
        var work = Path.Combine(path, SnapshotLayout.Work);
        if (File.Exists(Path.Combine(path, SnapshotLayout.Manifest)))
        {
            if (!_options.Resumes)
            {
                throw new SnapshotException($"There is a snapshot in '{path}' already. Name another folder.");
            }

            // It ended between its last two steps, or before somebody resumed it.
            DeleteWork(work);
            return CopperSnapshot.Open(path);
        }

        CheckFolder(path, work);
        Plans.PrivateFile.CreateFolder(path);
        Plans.PrivateFile.CreateFolder(work);
        using (Lock(work))
        {
            await WriteAsync(path, work, cancellationToken).ConfigureAwait(false);
        }

        DeleteWork(work);
        return CopperSnapshot.Open(path);
    }

    private void CheckFolder(string path, string work)
    {
        if (File.Exists(path))
        {
            throw new SnapshotException($"'{path}' is a file. Name a folder that is new or empty.");
        }

        var isInterrupted = Directory.Exists(work);
        if (isInterrupted && !_options.Resumes)
        {
            throw new SnapshotException(
                $"A backup in '{path}' was interrupted. {Advice.Give(Advice.ResumeBackup, "Set Resumes")} to go on with it, or delete "
                    + "the folder to begin anew.");
        }

        if (!isInterrupted && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new SnapshotException($"The folder '{path}' is not empty, and holds no backup. Name a folder that is new or empty.");
        }
    }

    private static FileStream Lock(string work) =>
        new(Path.Combine(work, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void DeleteWork(string work)
    {
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task WriteAsync(string path, string work, CancellationToken cancellationToken)
    {
        // They also tell whether a backup that is resumed is of this account.
        var account = await SnapshotLists.ReadAsync(client, CopperEntities.Account.Path, cancellationToken).ConfigureAwait(false);
        var user = await SnapshotLists.ReadAsync(client, CopperEntities.User.Path + "/me", cancellationToken).ConfigureAwait(false);
        var run = BackupRun.Begin(
            Path.Combine(work, StateFile), JsonBody.Parse(Encoding.UTF8.GetString(account)),
            JsonBody.Parse(Encoding.UTF8.GetString(user)), _options);
        using var previous = _options.Previous is null ? null : OpenPrevious(_options.Previous, run);
        var missing = new List<string>();
        await ReadListsAsync(path, account, user, missing, cancellationToken).ConfigureAwait(false);
        var copied = previous is not null && run.Include.Contains(SnapshotContent.Activity)
            ? await CopyActivitiesAsync(path, work, previous, cancellationToken).ConfigureAwait(false)
            : null;

        var records = CopperEntities.Primary.Where(entity => run.Entities.Contains(entity.Name))
            .Select(entity => (Entity: entity, Stream: new RecordStream(
                client, entity, Path.Combine(work, entity.Path + ".jsonl"), _options.SearchCeiling)))
            .ToArray();
        var activities = run.Include.Contains(SnapshotContent.Activity)
            ? new ActivityStream(
                client, Path.Combine(work, CopperEntities.Activity.Path + ".jsonl"), _options.SearchCeiling, copied?.From)
            : null;
        var links = LinksOf(path, work, run, records, previous).ToArray();
        SnapshotStream[] streams =
            [.. records.Select(static item => item.Stream), .. activities is null ? [] : new SnapshotStream[] { activities }];
        try
        {
            var reported = new BackupProgress(progress, streams, links);
            await ReadAllAsync(streams, static (stream, token) => stream.BeginAsync(token), cancellationToken).ConfigureAwait(false);

            // What was changed meanwhile is read of all kinds together, so that the snapshot shows one moment.
            await ReadAllAsync(streams, static (stream, token) => stream.CompleteAsync(token), cancellationToken).ConfigureAwait(false);
            await ReadAllAsync([.. links], static (stream, token) => stream.CompleteAsync(token), cancellationToken)
                .ConfigureAwait(false);
            reported.Tell("Writing the files");
            missing.AddRange(streams.Concat(links).SelectMany(static stream => stream.Missing));
            var files = WriteFiles(path, records, activities, links, copied, cancellationToken);
            WriteManifest(path, run, files, missing, [.. streams.Concat(links).SelectMany(static stream => stream.Notes)]);
        }
        finally
        {
            foreach (var stream in streams.Concat(links))
            {
                stream.Dispose();
            }
        }
    }

    private static CopperSnapshot OpenPrevious(string path, BackupRun run)
    {
        var snapshot = CopperSnapshot.Open(path);
        return snapshot.Manifest.AccountId == run.AccountId ? snapshot : throw new SnapshotException(
            $"The earlier snapshot '{path}' is of another account ({snapshot.AccountName}). {WithoutPrevious}, or name one of this "
                + "account.");
    }

    private async Task ReadListsAsync(
        string path, byte[] account, byte[] user, List<string> missing, CancellationToken cancellationToken)
    {
        foreach (var (name, source) in SnapshotLayout.Lists)
        {
            var file = Path.Combine(path, SnapshotLayout.ListFile(name).Replace('/', Path.DirectorySeparatorChar));
            if (File.Exists(file))
            {
                continue;
            }

            try
            {
                var content = source == CopperEntities.Account.Path ? account
                    : source == CopperEntities.User.Path + "/me" ? user
                    : await SnapshotLists.ReadAsync(client, source, cancellationToken).ConfigureAwait(false);
                RecordFile.Write(file, content);
            }
            catch (CopperApiException refusal) when (refusal is CopperPermissionException or CopperNotFoundException)
            {
                missing.Add($"The list {name}: {refusal.Message}");
            }
        }
    }

    /// <summary>
    /// Takes the activities of long ago from an earlier snapshot, when their number is still the same. Null when all have to be read.
    /// </summary>
    private async Task<CopiedActivities?> CopyActivitiesAsync(
        string path, string work, CopperSnapshot previous, CancellationToken cancellationToken)
    {
        if (!previous.Contains(CopperEntities.Activity))
        {
            return null;
        }

        var month = SnapshotLayout.MonthOf((previous.Manifest.Started - Settled).ToUnixTimeSeconds());
        var from = SnapshotLayout.StartOf(month);
        var old = previous.FilesOf(CopperEntities.Activity)
            .Where(file => string.CompareOrdinal(file.Name, SnapshotLayout.ActivityFile(month)) < 0).ToArray();
        var decision = Path.Combine(work, "previous.json");
        if (!File.Exists(decision))
        {
            var criteria = new JsonBody { ["maximum_activity_date"] = from - 1 };
            var page = await new PageReader(client, CopperEntities.Activity)
                .ReadAsync(criteria, 1, null, false, 1, cancellationToken).ConfigureAwait(false);
            var isSame = page.Total == old.Sum(static file => file.Records);
            RecordFile.Write(decision, Encoding.UTF8.GetBytes(new JsonBody { ["isSame"] = isSame }.ToString()));
        }

        if (JsonBody.Parse(File.ReadAllText(decision))["isSame"] is not true)
        {
            return null;
        }

        foreach (var file in old)
        {
            var content = File.ReadAllBytes(previous.PathOf(file.Name));
            if (RecordFile.HashOf(content) != file.Sha256)
            {
                throw new SnapshotException(
                    $"The file '{file.Name}' of the earlier snapshot '{previous.Path}' is damaged. {WithoutPrevious}.");
            }

            RecordFile.Write(Path.Combine(path, file.Name.Replace('/', Path.DirectorySeparatorChar)), content);
        }

        return new CopiedActivities(from, previous, old);
    }

    private IEnumerable<LinkStream> LinksOf(
        string path, string work, BackupRun run, IReadOnlyList<(CopperEntity Entity, RecordStream Stream)> records,
        CopperSnapshot? previous)
    {
        var definitions = Path.Combine(path, SnapshotLayout.References, "custom_field_definitions.json");
        var connected = run.Include.Contains(SnapshotContent.Connection) && File.Exists(definitions)
            ? SnapshotLists.ConnectedEntities(File.ReadAllBytes(definitions))
            : new HashSet<string>();
        foreach (var content in new[] { SnapshotContent.Relation, SnapshotContent.Connection, SnapshotContent.FileList })
        {
            foreach (var (entity, stream) in records)
            {
                var isWanted = run.Include.Contains(content) && content switch
                {
                    // A pair holds in both directions; that of a person and a company is a field of the person, that of a task one of it.
                    SnapshotContent.Relation => entity == CopperEntities.Opportunity || entity == CopperEntities.Project,
                    SnapshotContent.Connection => entity.ConnectionName is not null && connected.Contains(entity.Name),
                    _ => entity.HasFiles,
                };
                if (isWanted)
                {
                    var spool = SnapshotLayout.LinkFile(content, entity).Replace('/', '-');
                    yield return new LinkStream(client, content, entity, stream, Path.Combine(work, spool + ".jsonl"), previous);
                }
            }
        }
    }

    /// <summary>Reads several kinds of records at once: the latency of one costs the others nothing.</summary>
    private async Task ReadAllAsync(
        IReadOnlyList<SnapshotStream> streams, Func<SnapshotStream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var places = new SemaphoreSlim(Math.Max(1, _options.Concurrency));
        var tasks = streams.Select(async stream =>
        {
            await places.WaitAsync(ending.Token).ConfigureAwait(false);
            try
            {
                await read(stream, ending.Token).ConfigureAwait(false);
            }
            catch
            {
                ending.Cancel();
                throw;
            }
            finally
            {
                places.Release();
            }
        }).ToArray();
        try
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The others were cancelled because one of them failed: its failure counts.
            throw tasks.Select(static task => task.Exception?.InnerException)
                .First(static failure => failure is not null and not OperationCanceledException)!;
        }
    }

    private static List<SnapshotFile> WriteFiles(
        string path,
        IReadOnlyList<(CopperEntity Entity, RecordStream Stream)> records,
        ActivityStream? activities,
        IReadOnlyList<LinkStream> links,
        CopiedActivities? copied,
        CancellationToken cancellationToken)
    {
        var files = new List<SnapshotFile>();
        foreach (var (name, _) in SnapshotLayout.Lists)
        {
            var file = Path.Combine(path, SnapshotLayout.References, name + ".json");
            if (File.Exists(file))
            {
                files.Add(RecordFile.Describe(path, SnapshotLayout.ListFile(name), SnapshotLists.CountOf(File.ReadAllBytes(file))));
            }
        }

        foreach (var (entity, stream) in records.Where(static item => !item.Stream.IsRefused))
        {
            files.AddRange(Write(path, stream, null, _ => SnapshotLayout.RecordFile(entity), cancellationToken));
        }

        files.AddRange(copied?.Files ?? []);
        if (activities is not null)
        {
            files.AddRange(Write(
                path,
                activities,
                static head => head.ActivityDate is { } date ? SnapshotLayout.MonthOf(date) : int.MaxValue,
                static month => SnapshotLayout.ActivityFile(month == int.MaxValue ? null : month),
                cancellationToken));
        }

        foreach (var stream in links)
        {
            files.AddRange(Write(
                path, stream, null, _ => SnapshotLayout.LinkFile(stream.Content, stream.Entity), cancellationToken));
        }

        return files;
    }

    /// <summary>Writes what was read in the order of the ids; a file for each group.</summary>
    private static List<SnapshotFile> Write(
        string path, SnapshotStream stream, Func<RecordHead, int>? groupOf, Func<int, string> nameOf, CancellationToken cancellationToken)
    {
        var files = new List<SnapshotFile>();
        var index = SpoolIndex.Of(stream.Spool.Path, stream.Spool.Lines, groupOf);
        RecordFile? file = groupOf is null ? new RecordFile(path, nameOf(0)) : null;
        try
        {
            var last = 0;
            foreach (var (group, _, json) in index.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (file is null || group != last)
                {
                    Finish();
                    file = new RecordFile(path, nameOf(group));
                    last = group;
                }

                file.Write(json);
            }

            Finish();
            return files;
        }
        finally
        {
            file?.Dispose();
        }

        void Finish()
        {
            if (file is not null)
            {
                files.Add(file.Finish());
                file = null;
            }
        }
    }

    private void WriteManifest(
        string path, BackupRun run, List<SnapshotFile> files, List<string> missing, string[] notes)
    {
        var manifest = new SnapshotManifest
        {
            AccountId = run.AccountId,
            AccountName = run.AccountName,
            UserId = run.UserId,
            UserEmail = run.UserEmail,
            DayFirstDates = run.DayFirstDates,
            Started = run.Started,
            Finished = _options.Clock(),
            IsComplete = missing.Count == 0,
            Entities = run.Entities,
            Include = run.Include,
            NotIncluded = [.. missing, .. run.NotIncluded()],
            Notes = notes,
            Files = files,
        };
        var json = manifest.ToJson();
        RecordFile.Write(Path.Combine(path, SnapshotLayout.Sums), manifest.ToSums(json));
        RecordFile.Write(Path.Combine(path, SnapshotLayout.Manifest), json);
    }

    /// <summary>What was taken from an earlier snapshot.</summary>
    /// <param name="From">Activities from this time on (Unix seconds) are read.</param>
    /// <param name="Previous">The earlier snapshot.</param>
    /// <param name="Files">The files of those before.</param>
    private sealed record CopiedActivities(long From, CopperSnapshot Previous, IReadOnlyList<SnapshotFile> Files);
}
