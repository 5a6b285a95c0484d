using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Relations;

/// <summary>Connections of records by connect fields (developer.copper.com/custom-fields/connect-fields).</summary>
public class ConnectionEndpoint
{
    private const string Path = "related_links";
    private readonly RequestPipeline _requests;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected ConnectionEndpoint()
    {
    }
#pragma warning restore CS8618

    internal ConnectionEndpoint(RequestPipeline requests) => _requests = requests;

    /// <summary>The entities that connect fields can join, in the API's singular words.</summary>
    public static IReadOnlyList<string> Entities { get; } =
        [.. CopperEntities.All.Where(static entity => entity.ConnectionName is not null).Select(static entity => entity.Name)];

    /// <summary>Rejects an entity that connect fields do not join.</summary>
    /// <exception cref="ArgumentException">They do not; the message states what they do.</exception>
    public static void CheckEntity(CopperEntity entity)
    {
        if (entity.ConnectionName is null)
        {
            throw new ArgumentException($"Connect fields do not join {entity.Plural}. They join: {string.Join(", ", Entities)}.");
        }
    }

    /// <summary>The connections of a record, by all connect fields or by one.</summary>
    public virtual async Task<IReadOnlyList<CopperConnection>> GetAsync(
        CopperEntity entity, long id, long? definitionId = null, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var request = CopperRequest.Read(Path);
        Add("source_type", WordOf(entity));
        Add("source_id", id.ToString(CultureInfo.InvariantCulture));
        if (definitionId is { } definition)
        {
            Add("custom_field_definition_id", definition.ToString(CultureInfo.InvariantCulture));
        }

        return await _requests
            .SendListAsync<CopperConnection>(request, ResponseReader.ReadList, cancellationToken).ConfigureAwait(false);

        void Add(string name, string value) => request.Query.Add(new KeyValuePair<string, string>(name, value));
    }

    /// <summary>Connects two records by a connect field.</summary>
    public virtual Task<CopperConnection> AddAsync(
        long definitionId,
        CopperEntity source,
        long sourceId,
        CopperEntity target,
        long targetId,
        CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var body = new JsonBody
        {
            ["custom_field_definition_id"] = definitionId,
            ["source"] = End(source, sourceId),
            ["target"] = End(target, targetId),
        };
        return _requests.SendAsync(
            CopperRequest.Create(Path, body, [Path]), _requests.Records.Read<CopperConnection>, cancellationToken);
    }

    /// <summary>Removes a connection.</summary>
    /// <exception cref="CopperNotFoundException">There is none with this id.</exception>
    /// <exception cref="CopperOutcomeUnknownException">The service confirmed the removal of another connection.</exception>
    public virtual Task RemoveAsync(long id, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var request = CopperRequest.Delete(Path + "/" + id.ToString(CultureInfo.InvariantCulture), [Path]);
        return _requests.SendAsync(
            request, response => RecordReader.ConfirmDeletion(request, response, "connection", id), cancellationToken);
    }

    private static JsonBody End(CopperEntity entity, long id) => new() { ["id"] = id, ["entity_type"] = WordOf(entity) };

    private static string WordOf(CopperEntity entity)
    {
        CheckEntity(entity);
        return entity.ConnectionName!;
    }
}
