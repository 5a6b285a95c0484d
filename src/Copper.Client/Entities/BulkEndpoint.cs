using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Entities;

/// <summary>
/// Creates or updates up to ten records in one request (developer.copper.com/leads/bulk-create-leads and its like). The service
/// allows three such requests a second, beside its other limits.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class BulkEndpoint<T>
    where T : class, ICopperRecord
{
    /// <summary>The most items of one request.</summary>
    public const int LargestGroup = 10;

    private readonly CopperClient _client;
    private readonly CopperEntity<T> _entity;

    internal BulkEndpoint(CopperClient client, CopperEntity<T> entity)
    {
        _client = client;
        _entity = entity;
    }

    /// <summary>Creates records. The results are in the order of the items, one for each.</summary>
    /// <param name="items">The fields of each record, one to ten of them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NotSupportedException">The service creates no such records in bulk.</exception>
    /// <exception cref="CopperOutcomeUnknownException">
    /// Whether any of the records was created is unknown; nothing was sent twice.
    /// </exception>
    /// <exception cref="CopperException">The request failed as a whole: no record was created.</exception>
    public Task<IReadOnlyList<CopperBulkResult<T>>> CreateAsync(
        IReadOnlyList<JsonBody> items, CancellationToken cancellationToken = default) =>
        RunAsync(BulkOperations.Create, "bulk_create", items, cancellationToken);

    /// <summary>
    /// Updates the given fields of each record and no others; null clears one. The results are in the order of the items, one for each.
    /// </summary>
    /// <param name="items">The record's id and its fields, one to ten of them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NotSupportedException">The service updates no such records in bulk.</exception>
    /// <exception cref="CopperException">The request failed as a whole.</exception>
    public Task<IReadOnlyList<CopperBulkResult<T>>> UpdateAsync(
        IReadOnlyList<KeyValuePair<long, JsonBody>> items, CancellationToken cancellationToken = default) =>
        RunAsync(BulkOperations.Update, "bulk_update", [.. items.Select(static item => WithId(item.Key, item.Value))], cancellationToken);

    private static JsonBody WithId(long id, JsonBody fields)
    {
        var body = new JsonBody { ["id"] = id };
        foreach (var field in fields)
        {
            body[field.Key] = field.Key == "id" ? throw new ArgumentException("The id of a record cannot be changed.") : field.Value;
        }

        return body;
    }

    private async Task<IReadOnlyList<CopperBulkResult<T>>> RunAsync(
        BulkOperations operation, string word, IReadOnlyList<JsonBody> items, CancellationToken cancellationToken)
    {
        if ((_entity.Bulk & operation) == 0)
        {
            throw new NotSupportedException($"The service has no {word} for {_entity.Path}.");
        }

        if (items.Count is 0 or > LargestGroup)
        {
            throw new ArgumentException($"A bulk request holds 1 to {LargestGroup} items, not {items.Count}.");
        }

        return await SendAsync(word, items, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<CopperBulkResult<T>>> SendAsync(
        string word, IReadOnlyList<JsonBody> items, CancellationToken cancellationToken)
    {
        var request = new CopperRequest(HttpMethod.Post, _entity.Path + "/" + word, new JsonBody { [_entity.Path] = items });
        try
        {
            return await _client.SendAsync(
                request,
                reply => new BulkReply<T>(request, items, _entity.Path, item => _client.ReadItem(item, _entity.Item)).Read(reply),
                cancellationToken).ConfigureAwait(false);
        }
        catch (CopperValidationException) when (items.Count > 1)
        {
            // Rejected as a whole, so nothing was done: the group is too large by now (the service may lower its limit), or one item
            // spoils it for the others. Halves find out which.
            var half = items.Count / 2;
            var first = await SendPartAsync(word, [.. items.Take(half)], cancellationToken).ConfigureAwait(false);
            var second = await SendPartAsync(word, [.. items.Skip(half)], cancellationToken).ConfigureAwait(false);
            return [.. first, .. second];
        }
    }

    /// <summary>A part that fails as a whole must not take the results of the other part with it.</summary>
    private async Task<IReadOnlyList<CopperBulkResult<T>>> SendPartAsync(
        string word, IReadOnlyList<JsonBody> items, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(word, items, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException failure)
        {
            return [.. items.Select(_ => CopperBulkResult<T>.Of(failure))];
        }
    }
}
