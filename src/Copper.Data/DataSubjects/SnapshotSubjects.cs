using System.Text.Json;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace Copper.Data.DataSubjects;

/// <summary>Finds a person in a snapshot, and writes the snapshot without the person.</summary>
/// <param name="profile">What is known of the person.</param>
/// <param name="snapshot">The snapshot.</param>
internal sealed class SnapshotSubjects(SubjectProfile profile, CopperSnapshot snapshot)
{
    /// <summary>The lists of users say who works with the account; the service keeps them as long as it has the users.</summary>
    private static readonly string[] UserLists =
        [SnapshotLayout.ListFile(CopperEntities.User.Path), SnapshotLayout.ListFile("current_user")];

    private readonly SubjectRecords _records = new(profile, snapshot.Manifest.AccountId, DataSubjectPlace.Snapshot, snapshot.Path);

    private long Account => snapshot.Manifest.AccountId;

    /// <summary>The records and list items that the last <see cref="Rewrite"/> left out.</summary>
    public int Removed { get; private set; }

    /// <summary>Those that it changed.</summary>
    public int Changed { get; private set; }

    /// <summary>Takes what the people and leads of the snapshot say about the person.</summary>
    public void Learn(CancellationToken cancellationToken)
    {
        foreach (var entity in new CopperEntity[] { CopperEntities.Person, CopperEntities.Lead })
        {
            foreach (var (id, json) in snapshot.Contains(entity) ? snapshot.ReadRaw(entity) : [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var document = JsonDocument.Parse(json.AsMemory(), RecordDifference.AnyDepth);
                profile.Consider(Account, entity.Name, id, document.RootElement, isLive: false);
            }
        }
    }

    /// <summary>What the snapshot has about the person.</summary>
    public IEnumerable<CopperDataSubjectFinding> Examine(CancellationToken cancellationToken)
    {
        foreach (var file in snapshot.Manifest.Files)
        {
            if (IsList(file.Name))
            {
                foreach (var finding in ExamineList(file.Name))
                {
                    yield return finding;
                }

                continue;
            }

            foreach (var (id, json) in RecordFileReader.Read(snapshot.PathOf(file.Name), file.Records))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var document = JsonDocument.Parse(json.AsMemory(), RecordDifference.AnyDepth);
                foreach (var finding in EntityOf(file.Name) is { } entity
                    ? _records.Examine(entity.Name, document.RootElement, json)
                    : ExamineLinks(file.Name, id, document.RootElement))
                {
                    yield return finding;
                }
            }
        }
    }

    /// <summary>
    /// Writes the snapshot without the person: own records are left out, and nothing points to them any more. Texts that mention the
    /// person stay. False when there was nothing to do; then no file was touched.
    /// </summary>
    public bool Rewrite(DateTimeOffset time, CancellationToken cancellationToken)
    {
        (Removed, Changed) = (0, 0);
        var affected = snapshot.Manifest.Files.Where(file => !IsList(file.Name) && IsAffected(file, cancellationToken)).ToArray();
        if (affected.Length == 0)
        {
            return false;
        }

        using var rewrite = SnapshotRewrite.Begin(snapshot.Path);
        var files = new Dictionary<string, SnapshotFile>(StringComparer.Ordinal);
        foreach (var file in affected)
        {
            using var target = new RecordFile(rewrite.Folder, file.Name);
            foreach (var (id, json) in RecordFileReader.Read(snapshot.PathOf(file.Name), file.Records))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var edited = Edit(file.Name, id, json);
                if (edited is { } kept)
                {
                    Changed += ReferenceEquals(kept.Array, json.Array) ? 0 : 1;
                    target.Write(kept);
                }
                else
                {
                    Removed++;
                }
            }

            files[file.Name] = target.Finish();
        }

        var old = snapshot.Manifest;
        var note = $"Data of a person were erased from this snapshot on {SnapshotManifest.TextOf(time)}.";
        rewrite.Complete(new SnapshotManifest
        {
            Version = old.Version,
            AccountId = old.AccountId,
            AccountName = old.AccountName,
            UserId = old.UserId,
            UserEmail = old.UserEmail,
            DayFirstDates = old.DayFirstDates,
            Started = old.Started,
            Finished = old.Finished,
            IsComplete = old.IsComplete,
            Entities = old.Entities,
            Include = old.Include,
            NotIncluded = old.NotIncluded,
            Notes = [.. old.Notes, note],
            Files = [.. old.Files.Select(file => files.TryGetValue(file.Name, out var fresh) ? fresh : file)],
        });
        return true;
    }

    private bool IsAffected(SnapshotFile file, CancellationToken cancellationToken)
    {
        foreach (var (id, json) in RecordFileReader.Read(snapshot.PathOf(file.Name), file.Records))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Edit(file.Name, id, json) is not { } kept || !ReferenceEquals(kept.Array, json.Array))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The line as it stays: the same, a changed one, or null for none.</summary>
    private ArraySegment<byte>? Edit(string file, long id, ArraySegment<byte> json)
    {
        using var document = JsonDocument.Parse(json.AsMemory(), RecordDifference.AnyDepth);
        var record = document.RootElement;
        var edit = new JsonEdit();
        if (EntityOf(file) is not { } entity)
        {
            if (LinkEntityOf(file) is { } holder && _records.IsOwn(new RecordEnd(holder.Name, id)))
            {
                return null;
            }

            if (record.Items("items").Any(IsLinkToOwn))
            {
                edit.Keep("items", item => !IsLinkToOwn(item));
            }
        }
        else
        {
            foreach (var finding in _records.Examine(entity.Name, record, json, hasMentions: false))
            {
                switch (finding)
                {
                    case { Relation: DataSubjectRelation.Own }:
                        return null;
                    case { Relation: DataSubjectRelation.Reference, Field: "emails" }:
                        edit.Keep("emails", item => !profile.HasAddress(
                            (item.ValueKind == JsonValueKind.String ? item.GetString() : item.Text("email")) ?? string.Empty));
                        break;
                    case { Relation: DataSubjectRelation.Reference, Field: { } field }:
                        edit.Clear(field);
                        break;
                }
            }
        }

        return edit.IsEmpty ? json : new ArraySegment<byte>(edit.Apply(record));
    }

    private IEnumerable<CopperDataSubjectFinding> ExamineLinks(string file, long id, JsonElement line)
    {
        var holder = LinkEntityOf(file)!;
        var what = LinkOf(file);
        var isOwn = _records.IsOwn(new RecordEnd(holder.Name, id));
        foreach (var item in line.Items("items"))
        {
            var mentions = profile.Words.MentionsIn(item).ToArray();
            var isLink = IsLinkToOwn(item);
            if (isOwn || isLink || mentions.Length > 0)
            {
                yield return new CopperDataSubjectFinding
                {
                    Place = DataSubjectPlace.Snapshot,
                    Path = snapshot.Path,
                    Relation = isOwn && what == "file" ? DataSubjectRelation.Own
                        : isOwn || isLink ? DataSubjectRelation.Reference
                        : DataSubjectRelation.Mention,
                    Entity = what,
                    Id = what == LinkAccess.Relation ? null : item.Id("id"),
                    Name = item.Text("file_name"),
                    Field = isOwn || isLink ? null : mentions[0].Field,
                    Reason = isOwn || isLink ? FormattableString.Invariant($"It is a {what} of {holder.Name} {id}.")
                        : string.Join("; ", mentions.Select(static mention => mention.Sentence)) + ".",
                    Json = System.Text.Encoding.UTF8.GetBytes(item.GetRawText()),
                    Text = mentions.Length == 0 ? null : string.Join("\n", mentions.Select(static mention => mention.Text)),
                };
            }
        }
    }

    private IEnumerable<CopperDataSubjectFinding> ExamineList(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(snapshot.PathOf(file)), RecordDifference.AnyDepth);
        var isUser = UserLists.Contains(file);
        foreach (var group in profile.Words.MentionsIn(document.RootElement).GroupBy(static mention => mention.Field))
        {
            yield return new CopperDataSubjectFinding
            {
                Place = DataSubjectPlace.Snapshot,
                Path = snapshot.Path,
                Relation = DataSubjectRelation.Mention,
                Entity = isUser ? CopperEntityNames.User : Path.GetFileNameWithoutExtension(file),
                Field = group.Key,
                Reason = isUser ? "A user of the account has this address or name. The list of users stays."
                    : string.Join("; ", group.Select(static mention => mention.Sentence).Distinct()) + ".",
                Text = string.Join("\n", group.Select(static mention => mention.Text).Distinct()),
            };
        }
    }

    /// <summary>A related record, or an end of a connection, is the person.</summary>
    private bool IsLinkToOwn(JsonElement item) => _records.IsOwn(item.AsEnd())
        || _records.IsOwn(item.End("source", "entity_type")) || _records.IsOwn(item.End("target", "entity_type"));

    private static bool IsList(string file) => file.StartsWith(SnapshotLayout.References + "/", StringComparison.Ordinal);

    private static CopperEntity? EntityOf(string file) =>
        file.StartsWith(CopperEntities.Activity.Path + "/", StringComparison.Ordinal) ? CopperEntities.Activity
            : CopperEntities.Primary.FirstOrDefault(entity => SnapshotLayout.RecordFile(entity) == file);

    private static CopperEntity? LinkEntityOf(string file) => CopperEntities.Primary.FirstOrDefault(entity =>
        file.EndsWith("/" + SnapshotLayout.RecordFile(entity), StringComparison.Ordinal));

    private static string LinkOf(string file) => file.Substring(0, file.IndexOf('/')) switch
    {
        "relations" => LinkAccess.Relation,
        "connections" => LinkAccess.Connection,
        _ => "file",
    };
}
