using System.Globalization;
using System.Text.Json;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace Copper.Data.DataSubjects;

/// <summary>
/// Looks for people in an account. Who has an address is searched for; what the person's records are related to, connected to and have
/// attached is asked for each of them; and since the service searches in no text, all records are read once, 200 in a request.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="progress">Is told how far the reading has come; null for nobody.</param>
internal sealed class AccountSubjectReader(CopperClient client, IProgress<SnapshotProgress>? progress = null)
{
    /// <summary>A pass that adds an address or a name is repeated, since the records before did not know it.</summary>
    private const int MostPasses = 4;

    private static readonly CopperEntity[] Others =
    [
        CopperEntities.Company, CopperEntities.Opportunity, CopperEntities.Project, CopperEntities.Task, CopperEntities.Activity,
    ];

    private readonly Dictionary<SubjectProfile, HashSet<string>> _searched = [];
    private IReadOnlyList<CopperUser> _users = [];
    private string? _usersMissing;
    private bool _hasConnections;
    private long _account;

    /// <summary>The id of the account, once it is read.</summary>
    public long AccountId => _account;

    /// <summary>Looks who has the addresses, with a few requests. What they say goes into the profiles.</summary>
    public async Task<IReadOnlyList<AccountSubject>> FindAsync(
        IReadOnlyList<SubjectProfile> profiles, CancellationToken cancellationToken)
    {
        _account = (await client.Metadata.Account.GetAsync(cancellationToken).ConfigureAwait(false))[0].Id;
        try
        {
            _users = await client.Metadata.Users.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CopperPermissionException refusal)
        {
            _usersMissing = $"Users of the account: {refusal.Message}";
        }

        var subjects = profiles.Select(static _ => new AccountSubject()).ToArray();
        for (var i = 0; i < profiles.Count; i++)
        {
            await SearchAsync(profiles[i], subjects[i], cancellationToken).ConfigureAwait(false);
        }

        return subjects;
    }

    /// <summary>Reads all that there is about people who were looked for.</summary>
    public async Task ReadAsync(
        IReadOnlyList<SubjectProfile> profiles, IReadOnlyList<AccountSubject> subjects, CancellationToken cancellationToken)
    {
        _hasConnections = await HasConnectionsAsync(cancellationToken).ConfigureAwait(false);
        List<CopperDataSubjectFinding>[] people;
        for (var pass = 1; ; pass++)
        {
            var size = profiles.Sum(static profile => profile.Size);
            people = [.. profiles.Select(static _ => new List<CopperDataSubjectFinding>())];
            foreach (var subject in subjects)
            {
                subject.LookedAt.Clear();
            }

            await ReadAsync(CopperEntities.Person, profiles, subjects, people, cancellationToken).ConfigureAwait(false);
            await ReadAsync(CopperEntities.Lead, profiles, subjects, people, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < profiles.Count; i++)
            {
                await SearchAsync(profiles[i], subjects[i], cancellationToken).ConfigureAwait(false);
            }

            if (profiles.Sum(static profile => profile.Size) == size || pass == MostPasses)
            {
                break;
            }
        }

        for (var i = 0; i < profiles.Count; i++)
        {
            subjects[i].Findings.AddRange(people[i]);
            await ReadLinksAsync(profiles[i], subjects[i], cancellationToken).ConfigureAwait(false);
        }

        foreach (var entity in Others)
        {
            await ReadAsync(
                entity, profiles, subjects, [.. subjects.Select(static subject => subject.Findings)], cancellationToken)
                .ConfigureAwait(false);
        }

        for (var i = 0; i < profiles.Count; i++)
        {
            AddUsers(profiles[i], subjects[i]);
        }
    }

    /// <summary>Searches for the addresses, and for those that the records found add, until none is new.</summary>
    private async Task SearchAsync(SubjectProfile profile, AccountSubject subject, CancellationToken cancellationToken)
    {
        if (!_searched.TryGetValue(profile, out var searched))
        {
            searched = _searched[profile] = new HashSet<string>(StringComparer.Ordinal);
        }

        do
        {
            var fresh = profile.Addresses.Where(searched.Add).ToArray();
            if (fresh.Length > 0)
            {
                await SearchAsync(CopperEntities.Person, new JsonBody { ["emails"] = fresh }, profile, subject, cancellationToken)
                    .ConfigureAwait(false);
            }

            foreach (var address in fresh)
            {
                // The search for leads takes one address.
                await SearchAsync(CopperEntities.Lead, new JsonBody { ["emails"] = address }, profile, subject, cancellationToken)
                    .ConfigureAwait(false);
            }

            profile.Settle();
        }
        while (profile.Addresses.Any(address => !searched.Contains(address)));
    }

    private async Task SearchAsync(
        CopperEntity entity, JsonBody criteria, SubjectProfile profile, AccountSubject subject, CancellationToken cancellationToken)
    {
        try
        {
            var page = await new PageReader(client, entity).ReadAsync(
                criteria, 1, null, false, PageReader.Size, cancellationToken).ConfigureAwait(false);
            foreach (var json in page.Records)
            {
                Consider(entity, json, profile, subject);
            }
        }
        catch (CopperApiException refusal) when (refusal is CopperPermissionException or CopperNotFoundException)
        {
            // The reading of all records says it.
        }
    }

    private void Consider(CopperEntity entity, byte[] json, SubjectProfile profile, AccountSubject subject)
    {
        using var document = JsonDocument.Parse(json, RecordDifference.AnyDepth);
        var record = document.RootElement;
        if (record.Id("id") is { } id
            && profile.Consider(_account, entity.Name, id, record, isLive: true) == SubjectMatch.Own)
        {
            subject.Own[new RecordEnd(entity.Name, id)] = json;
        }
    }

    private async Task ReadAsync(
        CopperEntity entity,
        IReadOnlyList<SubjectProfile> profiles,
        IReadOnlyList<AccountSubject> subjects,
        List<CopperDataSubjectFinding>[] findings,
        CancellationToken cancellationToken)
    {
        var search = new RawSearch(client, entity);
        var isPerson = entity == CopperEntities.Person || entity == CopperEntities.Lead;
        try
        {
            await search.ReadAsync(
                page =>
                {
                    foreach (var json in page)
                    {
                        for (var i = 0; i < profiles.Count; i++)
                        {
                            if (isPerson)
                            {
                                Consider(entity, json, profiles[i], subjects[i]);
                            }

                            Examine(entity, json, profiles[i], subjects[i], findings[i]);
                        }
                    }

                    progress?.Report(new SnapshotProgress($"Reading {entity.Plural}", search.Count, search.Total));
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (CopperApiException refusal) when (refusal is CopperPermissionException or CopperNotFoundException)
        {
            search.Missing.Add($"{char.ToUpperInvariant(entity.Plural[0])}{entity.Plural.Substring(1)}: {refusal.Message}");
        }

        foreach (var subject in subjects)
        {
            subject.LookedAt.Add((entity.Plural, search.Count));
            subject.NotRead.AddRange(search.Missing.Except(subject.NotRead).ToArray());
        }
    }

    private void Examine(
        CopperEntity entity, byte[] json, SubjectProfile profile, AccountSubject subject, List<CopperDataSubjectFinding> findings)
    {
        using var document = JsonDocument.Parse(json, RecordDifference.AnyDepth);
        var found = new SubjectRecords(profile, _account, DataSubjectPlace.Account, null).Examine(
            entity.Name, document.RootElement, new ArraySegment<byte>(json));
        findings.AddRange(found);
        if (document.RootElement.Id("id") is { } id
            && found.All(static finding => finding.Relation is DataSubjectRelation.Mention)
            && subject.Relations.FirstOrDefault(relation => relation.Other == new RecordEnd(entity.Name, id)) is { Own: { } own })
        {
            findings.Add(new CopperDataSubjectFinding
            {
                Relation = DataSubjectRelation.Reference,
                Entity = entity.Name,
                Id = id,
                Name = document.RootElement.Text("name"),
                Field = "related",
                Reason = $"It is related to {own}.",
                Json = json,
            });
        }
    }

    private async Task ReadLinksAsync(SubjectProfile profile, AccountSubject subject, CancellationToken cancellationToken)
    {
        foreach (var (own, json) in subject.Own.Select(static pair => (pair.Key, pair.Value)).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entity = CopperEntities.GetPrimary(own.Type);
            using var document = JsonDocument.Parse(json, RecordDifference.AnyDepth);
            var company = document.RootElement.Id("company_id");
            foreach (var item in await ListAsync($"{entity.Path}/{own.Id}/related").ConfigureAwait(false))
            {
                using var relation = JsonDocument.Parse(item);
                if (relation.RootElement.AsEnd() is { } other)
                {
                    // What is a field of the person, or of the task, is found there.
                    var isField = other.Type == CopperEntityNames.Task || (other.Type == CopperEntityNames.Company && other.Id == company);
                    if (!isField)
                    {
                        subject.Relations.Add((own, other, item));
                    }
                }
            }

            foreach (var item in await ListAsync($"{entity.Path}/{own.Id}/files").ConfigureAwait(false))
            {
                subject.Files.Add((own, item));
                using var file = JsonDocument.Parse(item);
                subject.Findings.Add(Found("file", file.RootElement, file.RootElement.Text("file_name"), $"It is attached to {own}.", item,
                    DataSubjectRelation.Own));
            }

            if (_hasConnections && entity.ConnectionName is { } word)
            {
                var request = CopperRequest.Read("related_links");
                request.Query.Add(new KeyValuePair<string, string>("source_type", word));
                request.Query.Add(new KeyValuePair<string, string>("source_id", own.Id.ToString(CultureInfo.InvariantCulture)));
                foreach (var item in await ReadListAsync(request).ConfigureAwait(false))
                {
                    using var connection = JsonDocument.Parse(item);
                    var source = connection.RootElement.End("source", "entity_type");
                    var target = connection.RootElement.End("target", "entity_type");
                    subject.Connections.Add((own, item));
                    subject.Findings.Add(Found(
                        LinkAccess.Connection, connection.RootElement, $"{source} and {target}", $"It is a connection of {own}.", item,
                        DataSubjectRelation.Reference));
                }
            }
        }

        Task<IReadOnlyList<byte[]>> ListAsync(FormattableString path) =>
            ReadListAsync(CopperRequest.Read(FormattableString.Invariant(path)));

        async Task<IReadOnlyList<byte[]>> ReadListAsync(CopperRequest request)
        {
            try
            {
                return (await client.ReadRawListAsync(request, cancellationToken).ConfigureAwait(false)).Items;
            }
            catch (CopperNotFoundException)
            {
                // A converted lead is shown by searches only.
                return [];
            }
            catch (CopperPermissionException refusal)
            {
                subject.NotRead.Add($"{request.Path}: {refusal.Message}");
                return [];
            }
        }

        static CopperDataSubjectFinding Found(
            string entity, JsonElement item, string? name, string reason, byte[] json, DataSubjectRelation relation) => new()
        {
            Relation = relation,
            Entity = entity,
            Id = item.Id("id"),
            Name = name,
            Reason = reason,
            Json = json,
        };
    }

    private async Task<bool> HasConnectionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var definitions = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
            return definitions.Any(static definition => definition.DataType == CustomFieldTypes.Connect);
        }
        catch (CopperPermissionException)
        {
            return true;
        }
    }

    private void AddUsers(SubjectProfile profile, AccountSubject subject)
    {
        subject.LookedAt.Add((CopperEntityNames.Users, _users.Count));
        if (_usersMissing is not null)
        {
            subject.NotRead.Add(_usersMissing);
        }

        subject.Findings.AddRange(_users
            .Where(user => user.Email is { Length: > 0 } address && profile.HasAddress(address))
            .Select(static user => new CopperDataSubjectFinding
            {
                Relation = DataSubjectRelation.Own,
                Entity = CopperEntityNames.User,
                Id = user.Id,
                Name = user.Name,
                Field = "email",
                Reason = "A user of the account has the address. Users are removed in the web app.",
            }));
    }
}
