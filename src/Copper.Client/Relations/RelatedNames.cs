using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Relations;

/// <summary>
/// The names of the records that others point to: the person of a task, the company of an activity. The service sends ids only. One for
/// each run through records, so that what a record shows never depends on what was read before; for the use of one thread at a time.
/// </summary>
/// <example><code>
/// var names = client.NewRelatedNames();
/// var failures = await names.LoadAsync(tasks);
/// Console.WriteLine(tasks[0].RelatedResource?.Name);
/// </code></example>
public sealed class RelatedNames
{
    private readonly RequestPipeline _requests;
    private readonly Dictionary<(string Entity, long Id), string> _names = [];
    private readonly HashSet<(string Entity, long Id)> _asked = [];
    private readonly HashSet<string> _unavailable = [];

    internal RelatedNames(RequestPipeline requests) => _requests = requests;

    /// <summary>The name of a record that was noted or loaded; null for another one. Sends nothing.</summary>
    /// <param name="entity">The record's entity, in the API's singular word.</param>
    /// <param name="id">Its id.</param>
    public string? NameOf(string? entity, long id) =>
        entity is not null && _names.TryGetValue((entity.ToLowerInvariant(), id), out var name) ? name : null;

    /// <summary>Notes a record, and what it shows of others: its company, or the names in its pointers.</summary>
    public void Note(ICopperRecord? record)
    {
        switch (record)
        {
            case CopperPerson person:
                Note(CopperEntityNames.Person, person.Id, person.Name);
                Note(CopperEntityNames.Company, person.CompanyId, person.CompanyName);
                break;
            case CopperCompany company:
                Note(CopperEntityNames.Company, company.Id, company.Name);
                break;
            case CopperLead lead:
                Note(CopperEntityNames.Lead, lead.Id, lead.Name);
                break;
            case CopperOpportunity opportunity:
                Note(CopperEntityNames.Opportunity, opportunity.Id, opportunity.Name);
                Note(CopperEntityNames.Company, opportunity.CompanyId, opportunity.CompanyName);
                break;
            case CopperProject project:
                Note(CopperEntityNames.Project, project.Id, project.Name);
                break;
            case CopperTask task:
                Note(CopperEntityNames.Task, task.Id, task.Name);
                break;
            case CopperConnectionEnd end:
                Note(end.EntityType, end.Id, end.Name);
                break;
        }

        foreach (var pointer in (record as CopperRecord)?.Pointers ?? [])
        {
            Note(pointer.Entity, pointer.Id, pointer.Name);
        }
    }

    /// <summary>Notes a record by its entity, id and name. One without a name is left out.</summary>
    public void Note(string? entity, long? id, string? name)
    {
        if (entity is not null && id is { } number && !string.IsNullOrWhiteSpace(name))
        {
            _names[(entity.ToLowerInvariant(), number)] = name!;
        }
    }

    /// <summary>Lets records show the names that are known, where they point to others without a name. Sends nothing.</summary>
    public void Show(IEnumerable<ICopperRecord?> records)
    {
        foreach (var pointer in PointersOf(records))
        {
            if (pointer.Name is null && NameOf(pointer.Entity, pointer.Id) is { } name)
            {
                pointer.SetName(name);
            }
        }
    }

    /// <summary>How many names these records lack that <see cref="LoadAsync"/> would ask for.</summary>
    public int CountMissing(IEnumerable<ICopperRecord?> records) => MissingOf(records).Count();

    /// <summary>
    /// Reads the names that these records lack, and lets them show them: one request for up to 200 records of a kind. A record is asked for
    /// once; one that is gone, or has no name, shows none.
    /// </summary>
    /// <returns>
    /// Why names of some kind could not be read; they are not asked for again. Empty when all went well.
    /// </returns>
    public async Task<IReadOnlyList<CopperException>> LoadAsync(
        IEnumerable<ICopperRecord?> records, CancellationToken cancellationToken = default)
    {
        var all = records as IReadOnlyCollection<ICopperRecord?> ?? records.ToArray();
        var requests = MissingOf(all)
            .ToArray()
            .GroupBy(static key => key.Entity, static key => key.Id)
            .SelectMany(kind => Parts([.. kind]).Select(ids => ReadAsync(kind.Key, ids, cancellationToken)))
            .ToArray();
        var failures = new List<CopperException>();
        foreach (var (entity, ids, found, failure) in await Task.WhenAll(requests).ConfigureAwait(false))
        {
            _asked.UnionWith(ids.Select(id => (entity, id)));
            foreach (var (id, name) in found)
            {
                Note(entity, id, name);
            }

            if (failure is not null && _unavailable.Add(entity))
            {
                failures.Add(failure);
            }
        }

        Show(all);
        return failures;
    }

    private static IEnumerable<RecordPointer> PointersOf(IEnumerable<ICopperRecord?> records) =>
        records.OfType<CopperRecord>().SelectMany(static record => record.Pointers);

    private static (long Id, long Row)? IdOf(AdditionalMembers record) =>
        record.TryGetValue("id", out var id) && id is long number ? (number, 0) : null;

    private static IEnumerable<long[]> Parts(long[] ids)
    {
        for (var start = 0; start < ids.Length; start += SearchQuery.LargestPage)
        {
            yield return [.. ids.Skip(start).Take(SearchQuery.LargestPage)];
        }
    }

    /// <summary>The records that have no name yet, each once. Of other kinds than the six that are searched there are no names.</summary>
    private IEnumerable<(string Entity, long Id)> MissingOf(IEnumerable<ICopperRecord?> records) => PointersOf(records)
        .Where(static pointer => pointer is { Name: null, Id: > 0 })
        .Select(static pointer => (Kind: CopperEntities.FindPrimary(pointer.Entity), pointer.Id))
        .Where(static pointer => pointer.Kind is { IsFoundById: true })
        .Select(static pointer => (Entity: pointer.Kind!.Name, pointer.Id))
        .Distinct()
        .Where(key => !_names.ContainsKey(key) && !_asked.Contains(key) && !_unavailable.Contains(key.Entity));

    private async Task<(string Entity, long[] Ids, IReadOnlyList<(long Id, string? Name)> Found, CopperException? Failure)> ReadAsync(
        string entity, long[] ids, CancellationToken cancellationToken)
    {
        var kind = CopperEntities.GetPrimary(entity);
        var filter = new JsonBody { ["ids"] = ids };
        if (kind.ConvertedRecordsFilter is { } converted)
        {
            // Else a lead that was converted since would have no name.
            filter[converted] = true;
        }

        var found = new List<(long Id, string? Name)>();
        try
        {
            // Plain values: whatever else is odd in a record costs no name.
            var search = new SearchResult<AdditionalMembers>(
                _requests,
                new SearchSource<AdditionalMembers>(kind.Path, kind.Path + "/search", null, static record => IdOf(record)),
                new SearchQuery { Filter = filter, First = ids.Length });
            await foreach (var record in search.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (IdOf(record) is { Id: var id } && record.TryGetValue("name", out var name))
                {
                    found.Add((id, name as string));
                }
            }

            return (entity, ids, found, null);
        }
        catch (CopperException failure)
        {
            return (entity, ids, found, failure);
        }
    }
}
