using Copper.Client;
using Copper.Client.Models;
using Copper.Client.Relations;

namespace Copper.Data.Plans;

/// <summary>What a plan does with the records of one entity, whatever their model is.</summary>
internal abstract class RecordAccess
{
    /// <summary>The entities in the order in which records are created, so that what others refer to comes first.</summary>
    public static IReadOnlyList<string> Order { get; } =
    [
        CopperEntityNames.Company, CopperEntityNames.Person, CopperEntityNames.Lead, CopperEntityNames.Opportunity,
        CopperEntityNames.Project, CopperEntityNames.Task, CopperEntityNames.Activity,
    ];

    public abstract CopperEntity Entity { get; }

    public static RecordAccess Of(CopperClient client, string entity) => entity switch
    {
        CopperEntityNames.Person => new RecordAccess<CopperPerson>(client.People, client.RelatedItems),
        CopperEntityNames.Company => new RecordAccess<CopperCompany>(client.Companies, client.RelatedItems),
        CopperEntityNames.Lead => new RecordAccess<CopperLead>(client.Leads, client.RelatedItems),
        CopperEntityNames.Opportunity => new RecordAccess<CopperOpportunity>(client.Opportunities, client.RelatedItems),
        CopperEntityNames.Project => new RecordAccess<CopperProject>(client.Projects, client.RelatedItems),
        CopperEntityNames.Task => new RecordAccess<CopperTask>(client.Tasks, client.RelatedItems),
        CopperEntityNames.Activity => new RecordAccess<CopperActivity>(client.Activities, client.RelatedItems),
        _ => throw new ArgumentException($"'{entity}' is no entity.", nameof(entity)),
    };

    public abstract Task<ICopperRecord> GetAsync(long id, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyDictionary<long, ICopperRecord>> FindAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>
    /// The records that a search for their ids shows: 200 in a request, and what was written a moment ago may be missing, or shown as it
    /// was. Null where the service has no such search.
    /// </summary>
    public abstract Task<IReadOnlyDictionary<long, ICopperRecord>?> FindInSearchAsync(
        IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>The record as it is now, which no search tells for sure; null when there is none.</summary>
    public abstract Task<ICopperRecord?> ConfirmAsync(long id, CancellationToken cancellationToken);

    /// <summary>The client has written the record a moment ago: a search may show it as it was before.</summary>
    public abstract bool WasJustWritten(long id);

    public abstract RecordSearch Search(SearchQuery query);

    /// <summary>Creates up to ten records, or one where the service creates none in bulk. One outcome for each, in their order.</summary>
    public abstract Task<IReadOnlyList<WriteOutcome>> CreateAsync(IReadOnlyList<JsonBody> bodies, CancellationToken cancellationToken);

    /// <summary>Updates up to ten records, or one where the service updates none in bulk.</summary>
    public abstract Task<IReadOnlyList<WriteOutcome>> UpdateAsync(
        IReadOnlyList<(long Id, JsonBody Fields)> items, CancellationToken cancellationToken);

    public abstract Task<WriteOutcome> DeleteAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a person from one company to another; the company of a person is a relation (developer.copper.com/related-items).
    /// </summary>
    public abstract Task RelateAsync(long id, string type, long? former, long? wanted, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class RecordAccess<T>(RecordEndpoint<T> endpoint, RelatedItemEndpoint relations) : RecordAccess
    where T : class, ICopperRecord
{
    public override CopperEntity Entity => endpoint.Entity;

    public override async Task<ICopperRecord> GetAsync(long id, CancellationToken cancellationToken) =>
        await endpoint.GetAsync(id, cancellationToken).ConfigureAwait(false);

    public override async Task<IReadOnlyDictionary<long, ICopperRecord>> FindAsync(
        IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var records = new Dictionary<long, ICopperRecord>();
        foreach (var record in await FindInSearchAsync(ids, cancellationToken).ConfigureAwait(false) ?? records)
        {
            records[record.Key] = record.Value;
        }

        foreach (var id in ids.Distinct().Where(id => !records.ContainsKey(id)))
        {
            if (await ConfirmAsync(id, cancellationToken).ConfigureAwait(false) is { } record)
            {
                records[id] = record;
            }
        }

        return records;
    }

    public override async Task<IReadOnlyDictionary<long, ICopperRecord>?> FindInSearchAsync(
        IReadOnlyList<long> ids, CancellationToken cancellationToken) => !endpoint.Entity.IsFoundById ? null
        : (await endpoint.FindAsync(ids, cancellationToken).ConfigureAwait(false)).ToDictionary(
            static record => record.Key, static record => (ICopperRecord)record.Value);

    public override async Task<ICopperRecord?> ConfirmAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            // Of a deleted activity the service still shows the bare id.
            ICopperRecord record = await endpoint.GetAsync(id, cancellationToken).ConfigureAwait(false);
            return record is CopperActivity { IsDeleted: true } ? null : record;
        }
        catch (CopperNotFoundException)
        {
            return null;
        }
    }

    public override bool WasJustWritten(long id) => endpoint.WasJustWritten(id);

    public override RecordSearch Search(SearchQuery query)
    {
        var result = endpoint.Search(query);
        return new RecordSearch(
            Cast(result),
            () => result.UpperBound,
            () => result.UnreadableRecords is { Count: > 0 } list ? list[0].Message : null);
    }

    public override Task<IReadOnlyList<WriteOutcome>> CreateAsync(IReadOnlyList<JsonBody> bodies, CancellationToken cancellationToken) =>
        RunAsync(
            bodies.Count > 1,
            () => endpoint.Bulk.CreateAsync(bodies, cancellationToken),
            () => endpoint.CreateAsync(bodies[0], cancellationToken),
            bodies.Count);

    public override Task<IReadOnlyList<WriteOutcome>> UpdateAsync(
        IReadOnlyList<(long Id, JsonBody Fields)> items, CancellationToken cancellationToken) =>
        RunAsync(
            items.Count > 1,
            () => endpoint.Bulk.UpdateAsync(items, cancellationToken),
            () => endpoint.UpdateAsync(items[0].Id, items[0].Fields, cancellationToken),
            items.Count);

    public override async Task<WriteOutcome> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            await endpoint.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
            return new WriteOutcome(null, null);
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            return new WriteOutcome(null, failure);
        }
    }

    public override async Task RelateAsync(long id, string type, long? former, long? wanted, CancellationToken cancellationToken)
    {
        var other = CopperEntities.GetPrimary(type);
        if (former is { } old && old != wanted)
        {
            await relations.RemoveAsync(Entity, id, other, old, cancellationToken).ConfigureAwait(false);
        }

        if (wanted is { } next && next != former)
        {
            await relations.AddAsync(Entity, id, other, next, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<WriteOutcome>> RunAsync(
        bool inBulk, Func<Task<IReadOnlyList<CopperBulkResult<T>>>> bulk, Func<Task<T>> single, int count)
    {
        try
        {
            return inBulk
                ? [.. (await bulk().ConfigureAwait(false)).Select(static result => new WriteOutcome(result.Record, result.Failure))]
                : [new WriteOutcome(await single().ConfigureAwait(false), null)];
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            return [.. Enumerable.Repeat(new WriteOutcome(null, failure), count)];
        }
    }

    private static async IAsyncEnumerable<ICopperRecord> Cast(SearchResult<T> result)
    {
        await foreach (var record in result.ConfigureAwait(false))
        {
            yield return record;
        }
    }
}
