using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.Relations;

/// <summary>
/// Relations between records (developer.copper.com/related-items). They hold in both directions, and are added and removed, never updated.
/// </summary>
public class RelatedItemEndpoint
{
    private readonly RequestPipeline _requests;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected RelatedItemEndpoint()
    {
    }
#pragma warning restore CS8618

    internal RelatedItemEndpoint(RequestPipeline requests) => _requests = requests;

    /// <summary>Rejects a pair of entities that the service does not relate.</summary>
    /// <exception cref="ArgumentException">It does not; the message states what it does.</exception>
    public static void CheckPair(CopperEntity entity, CopperEntity other)
    {
        if (!entity.RelatedEntities.Contains(other.Name, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"Copper does not relate {entity.Plural} to {other.Plural}. "
                + $"A {entity} can be related to: {string.Join(", ", entity.RelatedEntities)}.");
        }
    }

    /// <summary>The records related to one, all of them or those of one entity.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public virtual async Task<IReadOnlyList<CopperRelatedItem>> GetAsync(
        CopperEntity entity, long id, CopperEntity? relatedEntity = null, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var path = PathOf(entity, id);
        if (relatedEntity is not null)
        {
            CheckPair(entity, relatedEntity);
            path += "/" + relatedEntity.Path;
        }

        var items = await _requests
            .SendListAsync<CopperRelatedItem>(CopperRequest.Read(path), ResponseReader.ReadList, cancellationToken).ConfigureAwait(false);
        foreach (var item in items)
        {
            Complete(item, entity, id, relatedEntity?.Name);
        }

        return items;
    }

    /// <summary>Relates two records.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public virtual async Task<CopperRelatedItem> AddAsync(
        CopperEntity entity, long id, CopperEntity relatedEntity, long relatedId, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var request = CopperRequest.Create(
            PathOf(entity, id, relatedEntity), BodyOf(relatedEntity, relatedId), Affected(entity, relatedEntity));
        return await SendAsync(request, entity, id, relatedEntity, relatedId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the relation of two records. One that does not exist counts as removed.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public virtual async Task<CopperRelatedItem> RemoveAsync(
        CopperEntity entity, long id, CopperEntity relatedEntity, long relatedId, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        try
        {
            var request = CopperRequest.Delete(
                PathOf(entity, id, relatedEntity), Affected(entity, relatedEntity), BodyOf(relatedEntity, relatedId));
            return await SendAsync(request, entity, id, relatedEntity, relatedId, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperValidationException rejection) when (RelationErrors.IsNotRelated(rejection))
        {
            return Complete(new CopperRelatedItem { Id = relatedId, Type = relatedEntity.Name }, entity, id, null);
        }
    }

    /// <summary>
    /// Moves a person from one company to another, or to none. The company of a person is a relation, of which there is at most one; the
    /// field of the record only reads it. When the new one is rejected, the former one is restored.
    /// </summary>
    /// <param name="personId">The person.</param>
    /// <param name="fromCompanyId">The company that the person is in; null for none.</param>
    /// <param name="toCompanyId">The company to move to; null for none.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>False when both are the same, and nothing was sent.</returns>
    /// <exception cref="PartialChangeException">The person left the former company, and could not be put back.</exception>
    public virtual async Task<bool> MovePersonAsync(
        long personId, long? fromCompanyId, long? toCompanyId, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        if (toCompanyId == fromCompanyId)
        {
            return false;
        }

        if (fromCompanyId is { } old)
        {
            await RemoveAsync(Person, personId, Company, old, cancellationToken).ConfigureAwait(false);
        }

        if (toCompanyId is { } company)
        {
            try
            {
                await AddAsync(Person, personId, Company, company, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperException failure) when (fromCompanyId is { } lost)
            {
                // A person must not lose a company because the new one was rejected.
                await RestoreAsync(personId, lost, failure, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }

        return true;
    }

    private static CopperEntity Person => CopperEntities.Person;

    private static CopperEntity Company => CopperEntities.Company;

    private async Task RestoreAsync(long person, long company, CopperException failure, CancellationToken cancellationToken)
    {
        try
        {
            await AddAsync(Person, person, Company, company, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException)
        {
            throw new PartialChangeException(
                $"Half of it is done: the person {person} is not in company {company} any more, and could not be put back. "
                    + ErrorWords.Current.MoveToCompany(person, company),
                failure);
        }
    }

    private static string PathOf(CopperEntity entity, long id) =>
        string.Format(CultureInfo.InvariantCulture, "{0}/{1}/related", entity.Path, id);

    private static CopperRelatedItem Complete(CopperRelatedItem item, CopperEntity entity, long id, string? type)
    {
        item.Type = CopperEntityNames.SingularOf(item.Type) ?? item.Type ?? type;
        item.FromId = id;
        item.FromType = entity.Name;
        return item;
    }

    private static string PathOf(CopperEntity entity, long id, CopperEntity relatedEntity)
    {
        CheckPair(entity, relatedEntity);
        return PathOf(entity, id);
    }

    private static JsonBody BodyOf(CopperEntity relatedEntity, long relatedId) =>
        new() { ["resource"] = new JsonBody { ["id"] = relatedId, ["type"] = relatedEntity.Name } };

    private static IReadOnlyList<string> Affected(CopperEntity entity, CopperEntity relatedEntity) =>
        [entity.Path, relatedEntity.Path];

    /// <summary>The response repeats what was asked for, <c>{ "removed": true, "resource": { … } }</c>, so it need not be read.</summary>
    private async Task<CopperRelatedItem> SendAsync(
        CopperRequest request, CopperEntity entity, long id, CopperEntity relatedEntity, long relatedId,
        CancellationToken cancellationToken)
    {
        await _requests.SendAsync(request, RecordReader.Confirm, cancellationToken).ConfigureAwait(false);
        return Complete(new CopperRelatedItem { Id = relatedId, Type = relatedEntity.Name }, entity, id, null);
    }
}
