using System.Globalization;
using System.Text;
using System.Text.Json;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace Copper.Data.DataSubjects;

/// <summary>
/// Finds a person in a journal, and writes the journal without the person. What was done to the person's records stays as a bare fact,
/// the record's id and the outcome, so that the run of the journal can still be resumed; it cannot be taken back any more.
/// </summary>
/// <param name="profile">What is known of the person.</param>
/// <param name="account">The account that the journal is about; a journal does not say it.</param>
/// <param name="path">The file.</param>
internal sealed class JournalSubjects(SubjectProfile profile, long account, string path)
{
    private const string Erased = "The data of this person were erased. It cannot be taken back.";

    private static readonly string[] Images = ["fields", "before", "after"];
    private static readonly string[] Pointers =
        ["primary_contact_id", "related_resource", "parent", "from", "to", "source", "target"];

    private readonly Dictionary<long, (string Entity, long? Id, bool IsOwn)[]> _begun = [];

    /// <summary>The entries and steps that the last <see cref="Rewrite"/> emptied.</summary>
    public int Removed { get; private set; }

    /// <summary>Those that it changed.</summary>
    public int Changed { get; private set; }

    /// <summary>The journal and those of the runs that took it back, which lie beside it.</summary>
    public static IEnumerable<string> WithUndos(string path)
    {
        yield return path;
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? ".undo" : string.Format(CultureInfo.InvariantCulture, ".undo{0}", number);
            var undo = Path.Combine(
                Path.GetDirectoryName(path) ?? string.Empty,
                Path.GetFileNameWithoutExtension(path) + suffix + Path.GetExtension(path));
            if (!File.Exists(undo))
            {
                yield break;
            }

            yield return undo;
        }
    }

    /// <summary>Takes what the journal says about the person's records.</summary>
    /// <exception cref="PlanException">The file is no journal.</exception>
    public void Learn()
    {
        var journal = JournalFile.Read(path);
        foreach (var entry in journal.Entries)
        {
            Consider(entry.Entity, entry.Id, entry.BeforeImage);
            Consider(entry.Entity, entry.Id, entry.AfterImage);
            Consider(entry.Entity, entry.Id, entry.Fields);
        }

        foreach (var step in journal.Plan?.Steps ?? [])
        {
            Consider(step.Entity, step.Id ?? step.OldId, step.Fields is null ? null : step.Body());
            Consider(step.Entity, step.Id ?? step.OldId, step.BeforeBody());
        }

        void Consider(string entity, long? id, JsonBody? image)
        {
            if (image is not null && IsPersonal(entity))
            {
                profile.Consider(account, entity, id > 0 ? id : null, ElementOf(image), isLive: false);
            }
        }
    }

    /// <summary>What the journal has about the person.</summary>
    public IReadOnlyList<CopperDataSubjectFinding> Examine()
    {
        var findings = new List<CopperDataSubjectFinding>();
        Walk((line, number) => EditLine(line, number, findings));
        return findings;
    }

    /// <summary>Writes the journal without the person. False when there was nothing to do; then the file was not touched.</summary>
    /// <exception cref="IOException">The file cannot be written, or a run that writes it still goes on.</exception>
    public bool Rewrite()
    {
        (Removed, Changed) = (0, 0);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var draft = Path.Combine(folder, "." + Path.GetFileName(path) + ".rewrite");
        var differs = false;

        // Nobody may write to the journal meanwhile: what was written to the former file would be lost.
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
        }

        try
        {
            using (var target = PrivateFile.Create(draft, FileMode.Create))
            {
                var isTorn = Walk((line, number) =>
                {
                    var edited = EditLine(line, number, null);
                    differs |= edited is not null;
                    var bytes = Encoding.UTF8.GetBytes((edited ?? line) + "\n");
                    target.Write(bytes, 0, bytes.Length);
                });

                // What the end of the process cut off is of no use, and nobody can say what it holds.
                differs |= isTorn;
                target.Flush(flushToDisk: true);
            }

            if (differs)
            {
                PrivateFile.Replace(draft, path);
            }

            return differs;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static bool IsPersonal(string entity) => entity is CopperEntityNames.Person or CopperEntityNames.Lead;

    private static JsonElement ElementOf(JsonBody body)
    {
        using var document = JsonDocument.Parse(body.ToString(), RecordDifference.AnyDepth);
        return document.RootElement.Clone();
    }

    /// <summary>Hands over the lines; true when the last one is torn.</summary>
    private bool Walk(Action<string, int> take)
    {
        _begun.Clear();
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var reader = new LineReader(stream);
        for (var number = 1; reader.TryRead(out var bytes); number++)
        {
            take(Encoding.UTF8.GetString(bytes.Array!, bytes.Offset, bytes.Count).TrimEnd('\r'), number);
        }

        return reader.IsTorn;
    }

    /// <summary>The line as it is to be; null when it stays as it is.</summary>
    private string? EditLine(string text, int number, List<CopperDataSubjectFinding>? findings)
    {
        if (text.Trim().Length == 0)
        {
            return null;
        }

        try
        {
            var line = JsonBody.Parse(text);
            return line["kind"] switch
            {
                JournalFile.StepKind => EditStep(line, findings),
                JournalFile.BeginKind => EditRecords(line, findings, isBegin: true),
                JournalFile.EndKind => EditRecords(line, findings, isBegin: false),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException or InvalidCastException)
        {
            throw new PlanException(
                string.Format(CultureInfo.InvariantCulture, "'{0}' is no journal, or is damaged: line {1} cannot be read.", path, number),
                exception);
        }
    }

    private string? EditStep(JsonBody line, List<CopperDataSubjectFinding>? findings)
    {
        var step = CopperPlanStep.FromJson((string)line["step"]!);
        var fields = step.Fields is null ? null : step.Body();
        var before = step.BeforeBody();
        if (IsOwn(step.Entity, step.Id ?? step.OldId, fields, before))
        {
            if (step is { Fields: null, Before: null, Name: null, Changes.Count: 0 })
            {
                // It was emptied before.
                return null;
            }

            Removed++;
            findings?.Add(Found(
                step.Entity, step.Id ?? step.OldId, DataSubjectRelation.Own, null, "A step of the plan is about the person."));
            line["step"] = new CopperPlanStep
            {
                Step = step.Step,
                Action = PlanAction.Skip,
                Entity = step.Entity,
                Id = step.Id,
                OldId = step.OldId,
                Row = step.Row,
                MatchedBy = step.MatchedBy,
                Group = step.Group,
                Reason = Erased,
            }.Sealed().ToJson();
            return line.ToString();
        }

        var newFields = Without(step.Entity, fields);
        var newBefore = Without(step.Entity, before);
        var changes = IsPersonal(step.Entity) && step.Changes.Any(HasAddress)
            ? new PlanChangeList(step.Changes.Where(static change => change is not null).Select(change => HasAddress(change)
                ? new PlanChange(change.Property, Cut(change.Before), Cut(change.After)) : change))
            : null;
        var reason = step.Reason is { } text && profile.Words.WhatIn(text) is not null ? string.Empty : step.Reason;
        AddMentions(findings, step.Entity, step.Id, newFields ?? fields, newBefore ?? before, step.Name);
        if (newFields is null && newBefore is null && changes is null && reason == step.Reason)
        {
            return null;
        }

        Changed++;
        findings?.Add(Found(step.Entity, step.Id, DataSubjectRelation.Reference, null, "A step of the plan points to the person."));
        var edited = new CopperPlanStep
        {
            Step = step.Step,
            Action = newFields is { Count: 0 } ? PlanAction.Skip : step.Action,
            Entity = step.Entity,
            Id = step.Id,
            OldId = step.OldId,
            Name = step.Name,
            Row = step.Row,
            MatchedBy = step.MatchedBy,
            Changes = changes ?? step.Changes,
            Group = step.Group,
            Reason = reason is { Length: > 0 } ? reason : null,
            Modified = step.Modified,
            Fields = newFields is { Count: 0 } ? null : (newFields ?? fields)?.ToString(),
            Before = (newBefore ?? before)?.ToString(),
            Check = step.Check,
        };
        line["step"] = (step.Check.Length > 0 ? edited.Sealed() : edited).ToJson();
        return line.ToString();

        bool HasAddress(PlanChange change) => Cut(change.Before) != change.Before || Cut(change.After) != change.After;

        string? Cut(string? value) => value is null ? null : profile.Words.WithoutAddresses(value);
    }

    /// <summary>The line before a request, or the one after it; both have the same records in the same order.</summary>
    private string? EditRecords(JsonBody line, List<CopperDataSubjectFinding>? findings, bool isBegin)
    {
        var request = (long)line["request"]!;
        var records = ((JsonArray)line["records"]!).OfType<AdditionalMembers>().ToArray();
        if (isBegin)
        {
            _begun[request] = [.. records.Select(record => ((string)record["entity"]!, record["id"] as long?, IsOwn(
                (string)record["entity"]!, record["id"] as long?, BodyOf(record, "fields"), BodyOf(record, "before"))))];
        }

        var edited = new JsonBody[records.Length];
        var differs = false;
        for (var i = 0; i < records.Length; i++)
        {
            var about = _begun.TryGetValue(request, out var begun) && i < begun.Length ? begun[i] : default;
            edited[i] = EditRecord(records[i], about.Entity ?? string.Empty, about.Id, about.IsOwn, isBegin, findings, out var isChanged);
            differs |= isChanged;
        }

        if (!differs)
        {
            return null;
        }

        line["records"] = edited;
        return line.ToString();
    }

    private JsonBody EditRecord(
        AdditionalMembers record, string entity, long? id, bool isOwn, bool isBegin, List<CopperDataSubjectFinding>? findings,
        out bool isChanged)
    {
        var edited = new JsonBody();
        isChanged = false;
        foreach (var member in record)
        {
            var value = member.Value;
            if (isOwn)
            {
                value = member.Key switch
                {
                    "name" or "fields" or "before" or "after" => null,
                    "final" => true,
                    "reason" => isBegin ? Erased : null,
                    _ => value,
                };
                isChanged |= !Equals(value, member.Value);
            }
            else if (Images.Contains(member.Key) && BodyOf(record, member.Key) is { } image && Without(entity, image) is { } without)
            {
                value = without;
                isChanged = true;
            }
            else if (member.Key == "reason" && value is string reason && profile.Words.WhatIn(reason) is not null)
            {
                value = null;
                isChanged = true;
            }

            edited[member.Key] = value;
        }

        if (isOwn && isChanged)
        {
            Removed++;
            if (isBegin)
            {
                findings?.Add(Found(entity, id, DataSubjectRelation.Own, null, "A change of a record of the person was kept."));
            }
        }
        else if (isChanged)
        {
            Changed++;
            findings?.Add(Found(entity, id, DataSubjectRelation.Reference, null, "What was kept of the record points to the person."));
        }

        if (!isOwn)
        {
            AddMentions(
                findings, entity, id, BodyOf(edited, "fields"), BodyOf(edited, "before"),
                edited.Contains("name") ? edited["name"] as string : null,
                BodyOf(edited, "after"));
        }

        return edited;
    }

    /// <summary>The change is of a record of the person, or of what joins one to others.</summary>
    private bool IsOwn(string entity, long? id, params JsonBody?[] images)
    {
        if (id is { } number && (profile.IsOwn(account, new RecordEnd(entity, number), isLive: false)
            || (entity == CopperEntityNames.Activity && profile.IsOwnActivity(account, number))))
        {
            return true;
        }

        foreach (var image in images.OfType<JsonBody>())
        {
            if (IsPersonal(entity))
            {
                if (profile.Match(account, entity, id, ElementOf(image), isLive: false) == SubjectMatch.Own)
                {
                    return true;
                }
            }
            else if (entity is CopperEntityNames.Activity or LinkAccess.Relation or LinkAccess.Connection
                && Pointers.Any(name => image.Contains(name) && IsOwn(ReferenceFields.TargetOf(name, image[name]))))
            {
                if (entity == CopperEntityNames.Activity && id is { } activity)
                {
                    profile.LearnActivity(account, activity);
                }

                return true;
            }
        }

        return false;
    }

    private bool IsOwn(RecordEnd? end) => profile.IsOwn(account, end, isLive: false);

    /// <summary>The image without what points to the person, and without addresses of the person; null when it has none.</summary>
    private JsonBody? Without(string entity, JsonBody? image)
    {
        if (image is null)
        {
            return null;
        }

        var edited = image.Copy();
        foreach (var name in Pointers.Where(name => image.Contains(name) && IsOwn(ReferenceFields.TargetOf(name, image[name]))))
        {
            edited.Remove(name);
        }

        if (IsPersonal(entity) && image.Contains("emails") && image["emails"] is JsonArray emails
            && emails.Where(item => !IsAddress(item)).ToArray() is var kept && kept.Length < emails.Count)
        {
            edited["emails"] = kept;
        }

        return edited.Count == image.Count && (!edited.Contains("emails") || ReferenceEquals(edited["emails"], image["emails"]))
            ? null
            : edited;

        bool IsAddress(object? item) => (item is AdditionalMembers members && members.TryGetValue("email", out var address)
            ? address : item) is string text && profile.HasAddress(text);
    }

    private void AddMentions(
        List<CopperDataSubjectFinding>? findings, string entity, long? id, JsonBody? fields, JsonBody? before, string? name,
        JsonBody? after = null)
    {
        if (findings is null)
        {
            return;
        }

        var mentions = new[] { fields, before, after }.OfType<JsonBody>().SelectMany(image => profile.Words.MentionsIn(ElementOf(image)))
            .Concat(name is not null && profile.Words.WhatIn(name) is { } what ? [new SubjectMention("name", what, name)] : []);
        foreach (var group in mentions.GroupBy(static mention => mention.Field))
        {
            findings.Add(Found(
                entity, id, DataSubjectRelation.Mention, group.Key,
                string.Join("; ", group.Select(static mention => mention.Sentence).Distinct()) + ".",
                string.Join("\n", group.Select(static mention => mention.Text).Distinct())));
        }
    }

    private CopperDataSubjectFinding Found(
        string entity, long? id, DataSubjectRelation relation, string? field, string reason, string? text = null) => new()
    {
        Place = DataSubjectPlace.Journal,
        Path = path,
        Relation = relation,
        Entity = entity,
        Id = id > 0 ? id : null,
        Field = field,
        Reason = reason,
        Text = text,
    };

    private static JsonBody? BodyOf(AdditionalMembers record, string name) =>
        record.TryGetValue(name, out var value) ? BodyOf(value) : null;

    private static JsonBody? BodyOf(JsonBody record, string name) => record.Contains(name) ? BodyOf(record[name]) : null;

    private static JsonBody? BodyOf(object? value)
    {
        if (value is JsonBody known)
        {
            return known;
        }

        if (value is not AdditionalMembers members)
        {
            return null;
        }

        var body = new JsonBody();
        foreach (var member in members)
        {
            body[member.Key] = member.Value;
        }

        return body;
    }
}
