using Copper.Client;
using Copper.Data.DataSubjects;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.DataSubjects;

/// <summary>People who are looked for and erased, as the cmdlets do it.</summary>
public abstract class DataSubjectTest : RestoreTest
{
    internal static readonly BackupOptions Whole = new()
    {
        Concurrency = 1,
        Include = [SnapshotContent.Activity, SnapshotContent.Relation, SnapshotContent.Connection, SnapshotContent.FileList],
    };

    internal static readonly DateTimeOffset Time = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    internal static SandboxAccount NewTinyAccount() => NewAccount(static options => SandboxAccount.Shrink(options));

    internal static async Task<CopperDataSubject> ReadAsync(
        CopperClient client, string[] addresses, string[]? snapshots = null, string[]? journals = null)
    {
        var reader = new DataSubjectReader(client, snapshots, journals);
        var subjects = await reader.FindAsync([addresses]);
        await reader.ReadAsync(subjects);
        return subjects[0];
    }

    /// <summary>Erases a person in the order of Remove-CopperDataSubject.</summary>
    internal static async Task<IReadOnlyList<CopperDataSubjectResult>> EraseAsync(
        CopperClient client, string[] addresses, string[]? snapshots = null, string[]? journals = null, string? suppression = null)
    {
        var subject = await ReadAsync(client, addresses, snapshots, journals);
        var account = (await client.Metadata.Account.GetAsync())[0].Id;
        var erasure = new DataSubjectErasure(client, subject, account);
        var results = new List<CopperDataSubjectResult>();
        if (suppression is not null)
        {
            erasure.Suppress(SuppressionList.OpenOrCreate(suppression), Time);
        }

        results.AddRange((snapshots ?? []).Select(path => erasure.RewriteSnapshot(path, Time)));
        results.AddRange((journals ?? []).Select(erasure.RewriteJournal));
        foreach (var (entity, recordId, fileId, _) in erasure.Files)
        {
            results.Add(await erasure.DeleteFileAsync(entity, recordId, fileId));
        }

        results.AddRange((await RunAsync(client, erasure.Plan())).Select(DataSubjectErasure.ResultOf));
        return [.. results, .. erasure.Kept()];
    }

    internal static string[] Lines(IEnumerable<CopperDataSubjectFinding> findings) =>
        [.. findings.Select(static finding => FormattableString.Invariant(
            $"{finding.Place} {finding.Relation} {finding.Entity} {finding.Id} {finding.Field}").TrimEnd())];
}
