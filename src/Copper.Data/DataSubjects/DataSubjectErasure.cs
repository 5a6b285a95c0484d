using System.Globalization;
using System.Text.Json;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace Copper.Data.DataSubjects;

/// <summary>
/// Erases a person. Nothing of it is written to a journal, since one would hold what is erased. None is needed either: the person's own
/// records go last, so that a run that was interrupted can be begun again and finds what is left.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="subject">The person, as it was read a moment ago.</param>
/// <param name="account">The id of the account.</param>
/// <param name="dateFormat">How the account writes a close date.</param>
public sealed class DataSubjectErasure(CopperClient client, CopperDataSubject subject, long account, string dateFormat = "MM/dd/yyyy")
{
    private const string Converted = "converted_at";

    private SubjectProfile Profile => subject.Profile;

    /// <summary>The files attached to the person's records: the entity and the id of the record, the id and the name of the file.</summary>
    public IReadOnlyList<(string Entity, long RecordId, long FileId, string Name)> Files =>
    [
        .. subject.InAccount.Files.Select(static file =>
        {
            using var document = JsonDocument.Parse(file.Json);
            var id = document.RootElement.Id("id");
            return (file.Own.Type, file.Own.Id, id ?? 0, document.RootElement.Text("file_name") ?? string.Empty);
        }).Where(static file => file.Item3 > 0),
    ];

    /// <summary>
    /// The steps in the account: pointers to the person are taken away, then activities, leads and people are deleted. The steps have
    /// names, so that somebody can look at them; they are not to be kept.
    /// </summary>
    public ChangePlan Plan()
    {
        var steps = new List<CopperPlanStep>();
        var findings = subject.InAccount.Findings;
        foreach (var record in findings
            .Where(static finding => finding is { Relation: DataSubjectRelation.Reference, Field: not ("related" or null) })
            .GroupBy(static finding => (finding.Entity, finding.Id)))
        {
            steps.Add(DetachStep(record.First(), [.. record.Select(static finding => finding.Field!)]));
        }

        foreach (var (own, other, _) in subject.InAccount.Relations)
        {
            var isField = findings.Exists(finding => finding.Relation == DataSubjectRelation.Reference && finding.Entity == other.Type
                && finding.Id == other.Id && finding.Field is not "related");
            if (!isField)
            {
                var fields = LinkAccess.RelationOf(own, other);
                steps.Add(new CopperPlanStep
                {
                    Action = PlanAction.Delete,
                    Entity = LinkAccess.Relation,
                    Name = LinkAccess.ShownOf(LinkAccess.Relation, fields),
                    Fields = fields.ToString(),
                });
            }
        }

        foreach (var (_, json) in subject.InAccount.Connections)
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.Id("id") is { } id && steps.TrueForAll(step => step.Entity != LinkAccess.Connection || step.Id != id))
            {
                steps.Add(new CopperPlanStep
                {
                    Action = PlanAction.Delete,
                    Entity = LinkAccess.Connection,
                    Id = id,
                    Name = $"{document.RootElement.End("source", "entity_type")} and {document.RootElement.End("target", "entity_type")}",
                });
            }
        }

        foreach (var own in findings.Where(static finding => finding is { Relation: DataSubjectRelation.Own, Id: not null, Json: not null })
            .Where(static finding => finding.Entity is CopperEntityNames.Person or CopperEntityNames.Lead or CopperEntityNames.Activity))
        {
            if (WhyNotDeleted(own) is null)
            {
                steps.Add(new CopperPlanStep
                {
                    Action = PlanAction.Delete,
                    Entity = own.Entity,
                    Id = own.Id,
                    Name = own.Name,
                });
            }
        }

        return new ChangePlan(steps.Select(static (step, place) => step.With(step: place + 1).Sealed()));
    }

    /// <summary>What stays: texts that mention the person, and what the service does not delete. A row for each.</summary>
    public IReadOnlyList<CopperDataSubjectResult> Kept() =>
    [
        .. subject.Findings.Where(finding => finding.Relation is DataSubjectRelation.Mention or DataSubjectRelation.Unclear
                || (finding is { Place: DataSubjectPlace.Account, Relation: DataSubjectRelation.Own }
                    && WhyNotDeleted(finding) is not null))
            .Select(finding => new CopperDataSubjectResult
            {
                Status = finding.Relation == DataSubjectRelation.Unclear ? PlanStatus.Held : PlanStatus.Skipped,
                Action = DataSubjectAction.Keep,
                Place = finding.Place,
                Path = finding.Path,
                Entity = finding.Entity,
                Id = finding.Id,
                Field = finding.Field,
                Reason = finding.Relation == DataSubjectRelation.Own ? WhyNotDeleted(finding)
                    : finding.Relation == DataSubjectRelation.Mention ? $"{finding.Reason} Texts are not edited: look at it."
                    : finding.Reason,
            }),
    ];

    /// <summary>Puts the person on a suppression list and saves it; the hashes that are new.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public int Suppress(SuppressionList list, DateTimeOffset time)
    {
        var fresh = Profile.Addresses.Count(address => list.AddAddress(address, time))
            + Profile.AllOwn.Count(item => list.AddRecord(item.Account, item.Record.Type, item.Record.Id, time));
        if (fresh > 0)
        {
            list.Save();
        }

        return fresh;
    }

    /// <summary>Deletes an attached file for good.</summary>
    public async Task<CopperDataSubjectResult> DeleteFileAsync(
        string entity, long recordId, long fileId, CancellationToken cancellationToken = default)
    {
        string? reason = FormattableString.Invariant($"It was attached to {entity} {recordId}.");
        var status = PlanStatus.Done;
        try
        {
            await client.Files.RemoveAsync(CopperEntities.GetPrimary(entity), recordId, fileId, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperNotFoundException)
        {
            (status, reason) = (PlanStatus.Skipped, "The file is not there any more.");
        }
        catch (CopperOutcomeUnknownException failure)
        {
            (status, reason) = (PlanStatus.Unknown, failure.Message);
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            (status, reason) = (PlanStatus.Failed, failure.Message);
        }

        return new CopperDataSubjectResult
        {
            Status = status,
            Action = DataSubjectAction.Delete,
            Place = DataSubjectPlace.Account,
            Entity = "file",
            Id = fileId,
            Reason = reason,
        };
    }

    /// <summary>Writes a snapshot without the person. Interrupted, it is the former or the new one when it is opened again.</summary>
    /// <exception cref="SnapshotException">It is none, is damaged, or another process writes it.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public CopperDataSubjectResult RewriteSnapshot(string path, DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        using var snapshot = CopperSnapshot.Open(path);
        var work = new SnapshotSubjects(Profile, snapshot);
        return work.Rewrite(time, cancellationToken)
            ? Rewritten(DataSubjectPlace.Snapshot, path, work.Removed, work.Changed)
            : Untouched(DataSubjectPlace.Snapshot, path);
    }

    /// <summary>Writes a journal without the person.</summary>
    /// <exception cref="PlanException">The file is no journal.</exception>
    /// <exception cref="IOException">It cannot be written, or a run that writes it still goes on.</exception>
    public CopperDataSubjectResult RewriteJournal(string path)
    {
        var work = new JournalSubjects(Profile, account, path);
        return work.Rewrite()
            ? Rewritten(DataSubjectPlace.Journal, path, work.Removed, work.Changed)
            : Untouched(DataSubjectPlace.Journal, path);
    }

    /// <summary>A result of the plan, without the name of the record.</summary>
    public static CopperDataSubjectResult ResultOf(CopperPlanResult result) => new()
    {
        Status = result.Status,
        Action = result.Action == PlanAction.Update ? DataSubjectAction.Detach : DataSubjectAction.Delete,
        Place = DataSubjectPlace.Account,
        Entity = result.Entity,
        Id = result.Entity == LinkAccess.Relation ? null : result.Id,
        Reason = result.Entity == LinkAccess.Relation ? $"{result.Name}. {result.Reason}".TrimEnd() : result.Reason,
    };

    private CopperPlanStep DetachStep(CopperDataSubjectFinding finding, IReadOnlyList<string> fields)
    {
        var record = client.ReadRecord(CopperEntities.GetPrimary(finding.Entity), finding.Json!);
        var body = new JsonBody();
        foreach (var field in fields)
        {
            body[field] = field == "emails"
                ? ((CopperPerson)record).Emails.Where(email => !Profile.HasAddress(email.Email ?? string.Empty)).ToArray()
                : null;
        }

        var before = RecordFields.ImageOf(record, body, dateFormat);
        return new CopperPlanStep
        {
            Action = PlanAction.Update,
            Entity = finding.Entity,
            Id = finding.Id,
            Name = finding.Name,
            Modified = ModifiedOf(finding),
            Fields = body.ToString(),
            Before = before.ToString(),
            Changes = FieldWords.Changes(finding.Entity, before, body),
        };
    }

    private static string? ModifiedOf(CopperDataSubjectFinding finding)
    {
        using var document = JsonDocument.Parse(finding.Json!, RecordDifference.AnyDepth);
        return document.RootElement.Id("date_modified") is { } seconds
            ? CopperPlanStep.TextOf(DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
    }

    /// <summary>Why the service does not delete something of the person; null when it does.</summary>
    private static string? WhyNotDeleted(CopperDataSubjectFinding finding)
    {
        switch (finding.Entity)
        {
            case CopperEntityNames.User:
                return finding.Reason;
            case CopperEntityNames.Lead or CopperEntityNames.Activity when finding.Json is { } json:
                using (var document = JsonDocument.Parse(json, RecordDifference.AnyDepth))
                {
                    var record = document.RootElement;
                    return finding.Entity == CopperEntityNames.Lead
                        ? record.Member(Converted) is null ? null
                            : "A converted lead: the service shows it in searches, and does not delete it. Ask its support."
                        : record.Member("type")?.Text("category") is not { } category || category == CopperActivityType.UserCategory ? null
                            : "The service wrote it, and deletes it with the record that it belongs to.";
                }

            default:
                return null;
        }
    }

    private static CopperDataSubjectResult Rewritten(DataSubjectPlace place, string path, int removed, int changed) => new()
    {
        Status = PlanStatus.Done,
        Action = DataSubjectAction.Rewrite,
        Place = place,
        Path = path,
        Reason = string.Format(
            CultureInfo.InvariantCulture,
            place == DataSubjectPlace.Snapshot
                ? "{0} records and links were removed, {1} changed."
                : "{0} entries were emptied, {1} changed.",
            removed,
            changed),
    };

    private static CopperDataSubjectResult Untouched(DataSubjectPlace place, string path) => new()
    {
        Status = PlanStatus.Skipped,
        Action = DataSubjectAction.Rewrite,
        Place = place,
        Path = path,
        Reason = "Nothing in it is to be removed.",
    };
}
