using System.Globalization;
using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Relations;

/// <summary>Relations between records (developer.copper.com/related-items). They hold in both directions, and are added and removed, never changed.</summary>
public sealed class RelatedItemEndpoint
{
    private readonly CopperClient _client;

    internal RelatedItemEndpoint(CopperClient client) => _client = client;

    /// <summary>The entities whose records can be related to records of this one.</summary>
    public static IReadOnlyList<string> PartnersOf(CopperEntity entity) => entity.RelatedEntities;

    /// <summary>Refuses a pair of entities that the service does not relate.</summary>
    /// <exception cref="ArgumentException">It does not; the message says what it does.</exception>
    public static void CheckPair(CopperEntity entity, CopperEntity other)
    {
        if (!PartnersOf(entity).Contains(other.Name, StringComparer.Ordinal))
        {
            throw new ArgumentException($"Copper does not relate {entity.Plural} to {other.Plural}. A {entity} can be related to: {string.Join(", ", PartnersOf(entity))}.");
        }
    }

    /// <summary>The records related to one, all of them or those of one entity.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public async Task<IReadOnlyList<CopperRelatedItem>> GetAsync(CopperEntity entity, long id, CopperEntity? type = null, CancellationToken cancellationToken = default)
    {
        var path = PathOf(entity, id);
        if (type is not null)
        {
            CheckPair(entity, type);
            path += "/" + type.Path;
        }

        var items = await _client.SendListAsync(new CopperRequest(HttpMethod.Get, path), CopperJsonContext.Default.CopperRelatedItem, cancellationToken).ConfigureAwait(false);
        foreach (var item in items)
        {
            Complete(item, entity, id, type?.Name);
        }

        return items;
    }

    /// <summary>Relates two records.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public Task<CopperRelatedItem> AddAsync(CopperEntity entity, long id, CopperEntity type, long relatedId, CancellationToken cancellationToken = default) =>
        ChangeAsync(HttpMethod.Post, entity, id, type, relatedId, cancellationToken);

    /// <summary>Ends the relation of two records. One that is not there is ended: that was the wish.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public async Task<CopperRelatedItem> RemoveAsync(CopperEntity entity, long id, CopperEntity type, long relatedId, CancellationToken cancellationToken = default)
    {
        try
        {
            return await ChangeAsync(HttpMethod.Delete, entity, id, type, relatedId, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperValidationException refusal) when (RelationErrors.SaysNotRelated(refusal))
        {
            return Complete(new CopperRelatedItem { Id = relatedId, Type = type.Name }, entity, id, null);
        }
    }

    private static string PathOf(CopperEntity entity, long id) => string.Format(CultureInfo.InvariantCulture, "{0}/{1}/related", entity.Path, id);

    private static CopperRelatedItem Complete(CopperRelatedItem item, CopperEntity entity, long id, string? type)
    {
        item.Type = CopperEntityNames.SingularOf(item.Type) ?? item.Type ?? type;
        item.FromId = id;
        item.FromType = entity.Name;
        return item;
    }

    /// <summary>The answer repeats what was asked for, <c>{ "removed": true, "resource": { … } }</c>, so it need not be read.</summary>
    private async Task<CopperRelatedItem> ChangeAsync(HttpMethod method, CopperEntity entity, long id, CopperEntity type, long relatedId, CancellationToken cancellationToken)
    {
        CheckPair(entity, type);
        var body = new JsonBody { ["resource"] = new JsonBody { ["id"] = relatedId, ["type"] = type.Name } };
        await _client.SendAsync(new CopperRequest(method, PathOf(entity, id), body), cancellationToken).ConfigureAwait(false);
        return Complete(new CopperRelatedItem { Id = relatedId, Type = type.Name }, entity, id, null);
    }
}
