using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace Copper.Data.DataSubjects;

/// <summary>
/// Looks for people in an account, in snapshots and in journals. First who has the addresses: <see cref="FindAsync"/>; then everything
/// about them: <see cref="ReadAsync"/>. It writes nothing.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="snapshots">The folders of the snapshots.</param>
/// <param name="journals">The files of the journals. Those of the runs that took them back, which lie beside them, belong to them.</param>
/// <param name="progress">Is told how far the reading has come; null for nobody.</param>
public sealed class DataSubjectReader(
    CopperClient client,
    IReadOnlyCollection<string>? snapshots = null,
    IReadOnlyCollection<string>? journals = null,
    IProgress<SnapshotProgress>? progress = null)
{
    /// <summary>What nobody can look at with the service's API, a sentence each.</summary>
    private static string[] Never =>
    [
        "The contents of attached files: the API states their names only. Open them in the web app.",
        "E-mails and calendar events that Copper shows from mailboxes, but for what it logs as activities.",
        "Records that the user of the credential may not see.",
        "Texts that mention the person by a part of the name, a nickname, or in other words.",
        $"State files of {Advice.Give(Advice.ChangeFeed, "change feeds")}, plans, exports and reports that scripts wrote: delete or "
            + "write them anew.",
        "Other programs that got data by webhooks or integrations, and copies of snapshots that were not named.",
    ];

    /// <summary>So many sentences at the end of what was not looked at are true of every account.</summary>
    public static int AlwaysMissing => Never.Length;

    private readonly AccountSubjectReader _account = new(client, progress);
    private readonly string[] _snapshots = [.. (snapshots ?? []).Distinct(StringComparer.Ordinal)];
    private readonly string[] _journals = [.. (journals ?? []).SelectMany(JournalSubjects.WithUndos).Distinct(StringComparer.Ordinal)];
    private SubjectProfile[] _profiles = [];
    private IReadOnlyList<AccountSubject> _subjects = [];

    /// <summary>The folders of the snapshots.</summary>
    public IReadOnlyList<string> Snapshots => _snapshots;

    /// <summary>The files of the journals, those of their undos included.</summary>
    public IReadOnlyList<string> Journals => _journals;

    /// <summary>The text can be an e-mail address.</summary>
    public static bool IsAddress(string text) => EmailText.IsAddress(EmailText.Normalize(text));

    /// <summary>Looks who has the addresses, with a few requests.</summary>
    /// <param name="people">The addresses of each person.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SnapshotException">A folder is no snapshot.</exception>
    /// <exception cref="PlanException">A file is no journal.</exception>
    /// <exception cref="CopperException">The account cannot be read.</exception>
    public async Task<IReadOnlyList<CopperDataSubject>> FindAsync(
        IReadOnlyList<IReadOnlyList<string>> people, CancellationToken cancellationToken = default)
    {
        _profiles = [.. people.Select(static addresses => new SubjectProfile(addresses))];

        // The past is read first: nothing is asked of the service when a folder is none.
        await LearnAsync(0, cancellationToken).ConfigureAwait(false);
        _subjects = await _account.FindAsync(_profiles, cancellationToken).ConfigureAwait(false);
        await LearnAsync(_account.AccountId, cancellationToken).ConfigureAwait(false);
        return [.. _profiles.Select((profile, place) => new CopperDataSubject(profile, _subjects[place]))];
    }

    /// <summary>Reads all that there is about the people.</summary>
    /// <param name="people">As <see cref="FindAsync"/> has returned them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadAsync(IReadOnlyList<CopperDataSubject> people, CancellationToken cancellationToken = default)
    {
        await _account.ReadAsync(_profiles, _subjects, cancellationToken).ConfigureAwait(false);
        await LearnAsync(_account.AccountId, cancellationToken).ConfigureAwait(false);
        foreach (var person in people)
        {
            var findings = new List<CopperDataSubjectFinding>(person.InAccount.Findings);
            var lookedAt = person.InAccount.LookedAt
                .Select(static item => FormattableString.Invariant($"{item.Count} {item.What} of the account"))
                .ToList();
            foreach (var path in _snapshots)
            {
                using var snapshot = CopperSnapshot.Open(path);
                findings.AddRange(new SnapshotSubjects(person.Profile, snapshot).Examine(cancellationToken));
                lookedAt.Add(FormattableString.Invariant($"{snapshot.Records} records of the snapshot '{path}'"));
            }

            foreach (var path in _journals)
            {
                findings.AddRange(new JournalSubjects(person.Profile, _account.AccountId, path).Examine());
                lookedAt.Add($"the journal '{path}'");
            }

            person.Findings = findings;
            person.LookedAt = lookedAt;
            person.NotLookedAt = [.. person.InAccount.NotRead, .. Never];
        }
    }

    /// <summary>What snapshots and journals say of the people; again, until nothing is new.</summary>
    private async Task LearnAsync(long account, CancellationToken cancellationToken)
    {
        int size;
        do
        {
            size = _profiles.Sum(static profile => profile.Size);
            foreach (var profile in _profiles)
            {
                // The pipeline thread stays free for messages.
                await Task.Run(() => Learn(profile, account, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }
        while (_profiles.Sum(static profile => profile.Size) > size);
    }

    private void Learn(SubjectProfile profile, long account, CancellationToken cancellationToken)
    {
        foreach (var path in _snapshots)
        {
            using var snapshot = CopperSnapshot.Open(path);
            new SnapshotSubjects(profile, snapshot).Learn(cancellationToken);
        }

        foreach (var path in _journals)
        {
            if (account > 0)
            {
                new JournalSubjects(profile, account, path).Learn();
            }
            else
            {
                JournalFile.Read(path);
            }
        }
    }
}
