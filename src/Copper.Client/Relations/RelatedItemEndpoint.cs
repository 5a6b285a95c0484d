using System.Globalization;
using Copper.Client.Json;
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

    /// <summary>The entities whose records can be related to records of this one.</summary>
    public static IReadOnlyList<string> PartnersOf(CopperEntity entity) => entity.RelatedEntities;

    /// <summary>Rejects a pair of entities that the service does not relate.</summary>
    /// <exception cref="ArgumentException">It does not; the message states what it does.</exception>
    public static void CheckPair(CopperEntity entity, CopperEntity other)
    {
        if (!PartnersOf(entity).Contains(other.Name, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"Copper does not relate {entity.Plural} to {other.Plural}. "
                + $"A {entity} can be related to: {string.Join(", ", PartnersOf(entity))}.");
        }
    }

    /// <summary>The records related to one, all of them or those of one entity.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public virtual async Task<IReadOnlyList<CopperRelatedItem>> GetAsync(
        CopperEntity entity, long id, CopperEntity? type = null, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var path = PathOf(entity, id);
        if (type is not null)
        {
            CheckPair(entity, type);
            path += "/" + type.Path;
        }

        var items = await _requests
            .SendListAsync<CopperRelatedItem>(CopperRequest.Read(path), ResponseReader.ReadList, cancellationToken).ConfigureAwait(false);
        foreach (var item in items)
        {
            Complete(item, entity, id, type?.Name);
        }

        return items;
    }

    /// <summary>Relates two records.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public virtual async Task<CopperRelatedItem> AddAsync(
        CopperEntity entity, long id, CopperEntity type, long relatedId, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var request = CopperRequest.Create(PathOf(entity, id, type), BodyOf(type, relatedId), Affected(entity, type));
        return await SendAsync(request, entity, id, type, relatedId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the relation of two records. One that does not exist counts as removed.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public virtual async Task<CopperRelatedItem> RemoveAsync(
        CopperEntity entity, long id, CopperEntity type, long relatedId, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        try
        {
            var request = CopperRequest.Delete(PathOf(entity, id, type), Affected(entity, type), BodyOf(type, relatedId));
            return await SendAsync(request, entity, id, type, relatedId, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperValidationException rejection) when (RelationErrors.IsNotRelated(rejection))
        {
            return Complete(new CopperRelatedItem { Id = relatedId, Type = type.Name }, entity, id, null);
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

    private static string PathOf(CopperEntity entity, long id, CopperEntity type)
    {
        CheckPair(entity, type);
        return PathOf(entity, id);
    }

    private static JsonBody BodyOf(CopperEntity type, long relatedId) =>
        new() { ["resource"] = new JsonBody { ["id"] = relatedId, ["type"] = type.Name } };

    private static IReadOnlyList<string> Affected(CopperEntity entity, CopperEntity type) => [entity.Path, type.Path];

    /// <summary>The response repeats what was asked for, <c>{ "removed": true, "resource": { … } }</c>, so it need not be read.</summary>
    private async Task<CopperRelatedItem> SendAsync(
        CopperRequest request, CopperEntity entity, long id, CopperEntity type, long relatedId, CancellationToken cancellationToken)
    {
        await _requests.SendAsync(request, RecordReader.Confirm, cancellationToken).ConfigureAwait(false);
        return Complete(new CopperRelatedItem { Id = relatedId, Type = type.Name }, entity, id, null);
    }
}
