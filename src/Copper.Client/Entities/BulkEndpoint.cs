using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// Creates or updates records in bulk (developer.copper.com/leads/bulk-create-leads and its like). A request holds up to ten; more are
/// sent in several, one after the other. The service allows three such requests a second, beside its other limits.
/// </summary>
/// <remarks>
/// When the service rejects a request as a whole, with a status that means that it took none of the records (400 or 422), the request is
/// retried in two halves, and these again if need be, down to requests of one record: so one invalid record does not keep the others
/// from being created, and the error is that of the record. After any other failure nothing is split. A response with a status of success
/// that states an error for several records, or that cannot be read, leaves open what was created: the outcome is unknown.
/// <para>
/// Where more than ten records were given, the failure of the first request as a whole is thrown, and nothing else is sent. The failure of
/// a later one is the result of each of its records, so that the results before it are not lost; the records after it are sent all the
/// same.
/// </para>
/// </remarks>
/// <typeparam name="T">The model.</typeparam>
public class BulkEndpoint<T>
    where T : class, ICopperRecord
{
    /// <summary>The most items of one request.</summary>
    public const int LargestGroup = 10;

    private readonly RequestPipeline _requests;
    private readonly CopperEntity<T> _entity;
    private readonly Func<IAccountNames> _newNames;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected BulkEndpoint()
    {
    }
#pragma warning restore CS8618

    /// <param name="requests">Sends the requests.</param>
    /// <param name="entity">The kind of record.</param>
    /// <param name="newNames">Completes typed fields; called for each write.</param>
    internal BulkEndpoint(RequestPipeline requests, CopperEntity<T> entity, Func<IAccountNames> newNames)
    {
        _requests = requests;
        _entity = entity;
        _newNames = newNames;
    }

    /// <summary>
    /// Creates records by typed fields, for example <c>PersonCreate</c>s. The results are in the order of the records, one for each.
    /// </summary>
    /// <param name="records">One of them, or more.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ArgumentException">
    /// A record cannot be sent: what it must have is missing, a name is unknown, or a value does not fit its field. The message says which
    /// record; nothing was sent but the reading of lists.
    /// </exception>
    /// <exception cref="NotSupportedException">The service creates no such records in bulk.</exception>
    /// <exception cref="CopperOutcomeUnknownException">Whether any record was created is unknown; nothing was sent twice.</exception>
    /// <exception cref="CopperException">The first request failed as a whole: no record was created.</exception>
    public virtual async Task<IReadOnlyList<CopperBulkResult<T>>> CreateAsync(
        IReadOnlyList<INewRecord<T>> records, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var bodies = await CompleteAsync(
            records ?? throw new ArgumentNullException(nameof(records)), static record => record.Fields, cancellationToken)
            .ConfigureAwait(false);
        return await CreateAsync(bodies, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Updates the fields that were set, for example in <c>PersonUpdate</c>s, and no others; null clears one. The results are in the order
    /// of the changes, one for each.
    /// </summary>
    /// <param name="changes">The ids of the records, of one at least, each with what is to change.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ArgumentException">As for creating.</exception>
    /// <exception cref="NotSupportedException">The service updates no such records in bulk.</exception>
    /// <exception cref="CopperException">The first request failed as a whole.</exception>
    /// <example><code>
    /// await client.People.Bulk.UpdateAsync([(7, new PersonUpdate { Title = "Chief" }), (8, new PersonUpdate { Title = null })])
    /// </code></example>
    /// <typeparam name="TChanges">The changes of such records, for example <c>PersonUpdate</c>.</typeparam>
    public virtual async Task<IReadOnlyList<CopperBulkResult<T>>> UpdateAsync<TChanges>(
        IReadOnlyList<(long Id, TChanges Changes)> changes, CancellationToken cancellationToken = default)
        where TChanges : class, IRecordChanges<T>
    {
        Substitute.Check(_requests, this);
        var given = changes ?? throw new ArgumentNullException(nameof(changes));
        var bodies = await CompleteAsync(
            [.. given.Select(static item => item.Changes)], static item => item.Fields, cancellationToken).ConfigureAwait(false);
        return await UpdateAsync([.. given.Zip(bodies, static (item, body) => (item.Id, body))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates records. The results are in the order of the records, one for each.</summary>
    /// <param name="records">The fields of each record, of one at least.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="NotSupportedException">The service creates no such records in bulk.</exception>
    /// <exception cref="CopperOutcomeUnknownException">Whether any record was created is unknown; nothing was sent twice.</exception>
    /// <exception cref="CopperException">The first request failed as a whole: no record was created.</exception>
    public virtual Task<IReadOnlyList<CopperBulkResult<T>>> CreateAsync(
        IReadOnlyList<JsonBody> records, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        return RunAsync(BulkOperations.Create, RequestEffect.Create, "bulk_create", records, cancellationToken);
    }

    /// <summary>
    /// Updates the given fields of each record and no others; null clears one. The results are in the order of the changes, one for each.
    /// </summary>
    /// <param name="changes">The ids of the records, of one at least, each with the fields that are to change.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="NotSupportedException">The service updates no such records in bulk.</exception>
    /// <exception cref="CopperException">The first request failed as a whole.</exception>
    public virtual Task<IReadOnlyList<CopperBulkResult<T>>> UpdateAsync(
        IReadOnlyList<(long Id, JsonBody Fields)> changes, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        return RunAsync(
            BulkOperations.Update,
            RequestEffect.Update,
            "bulk_update",
            [.. changes.Select(static item => WithId(item.Id, item.Fields))],
            cancellationToken);
    }

    /// <summary>All fields as they are sent. A name that several records have is looked for once.</summary>
    private async Task<JsonBody[]> CompleteAsync<TGiven>(
        IReadOnlyList<TGiven> records, Func<TGiven, JsonBody> fieldsOf, CancellationToken cancellationToken)
        where TGiven : class
    {
        var names = _newNames();
        var bodies = new JsonBody[records.Count];
        for (var i = 0; i < bodies.Length; i++)
        {
            var record = records[i] ?? throw new ArgumentException($"Record {i + 1} of {bodies.Length} is null.");
            try
            {
                bodies[i] = record is ICompletable incomplete
                    ? await incomplete.CompleteAsync(names, cancellationToken).ConfigureAwait(false)
                    : fieldsOf(record);
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException($"Record {i + 1} of {bodies.Length}: {exception.Message}", exception);
            }
        }

        return bodies;
    }

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
        BulkOperations operation, RequestEffect effect, string word, IReadOnlyList<JsonBody> items, CancellationToken cancellationToken)
    {
        if ((_entity.Bulk & operation) == 0)
        {
            throw new NotSupportedException($"The service has no {word} for {_entity.Path}.");
        }

        if (items.Count == 0)
        {
            throw new ArgumentException("There is no record to send: a bulk request holds one at least.");
        }

        var results = new List<CopperBulkResult<T>>(items.Count);
        for (var sent = 0; sent < items.Count; sent += LargestGroup)
        {
            JsonBody[] group = [.. items.Skip(sent).Take(LargestGroup)];
            results.AddRange(sent == 0
                ? await SendAsync(effect, word, group, cancellationToken).ConfigureAwait(false)
                : await SendPartAsync(effect, word, group, cancellationToken).ConfigureAwait(false));
        }

        await _newNames().LoadNamesAsync(results.Select(static result => (ICopperRecord?)result.Record), cancellationToken)
            .ConfigureAwait(false);
        return results;
    }

    private async Task<IReadOnlyList<CopperBulkResult<T>>> SendAsync(
        RequestEffect effect, string word, IReadOnlyList<JsonBody> items, CancellationToken cancellationToken)
    {
        var body = new JsonBody { [_entity.Path] = items };
        var request = CopperRequest.Bulk(effect, _entity.Path + "/" + word, body, _entity.Affects);
        try
        {
            return await _requests.SendAsync(
                request,
                response => new BulkResponse<T>(request, items, _entity.Path, _requests.Records.ReadItem<T>, request.Redact).Read(response),
                cancellationToken).ConfigureAwait(false);
        }
        catch (CopperValidationException rejection) when (items.Count > 1 && TookNone(rejection))
        {
            // The group is too large by now (the service may lower its limit), or one item spoils it for the others. Halves find out which.
            var half = items.Count / 2;
            var first = await SendPartAsync(effect, word, [.. items.Take(half)], cancellationToken).ConfigureAwait(false);
            var second = await SendPartAsync(effect, word, [.. items.Skip(half)], cancellationToken).ConfigureAwait(false);
            return [.. first, .. second];
        }
        catch (CopperValidationException rejection) when (items.Count > 1 && effect == RequestEffect.Create && !TookNone(rejection))
        {
            throw new CopperOutcomeUnknownException(request, rejection);
        }
    }

    /// <summary>
    /// The status means that nothing was done. An error with a status of success may occur halfway through the items.
    /// </summary>
    private static bool TookNone(CopperValidationException rejection) => (int?)rejection.StatusCode is 400 or 422;

    /// <summary>A part that fails as a whole must not take the results of the other parts with it.</summary>
    private async Task<IReadOnlyList<CopperBulkResult<T>>> SendPartAsync(
        RequestEffect effect, string word, IReadOnlyList<JsonBody> items, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(effect, word, items, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException failure)
        {
            return [.. items.Select(item => new CopperBulkResult<T>(failure, BulkResponse<T>.IdOf(item)))];
        }
    }
}
