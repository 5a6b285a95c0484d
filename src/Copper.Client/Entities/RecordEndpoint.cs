using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The operations that every kind of record has.</summary>
/// <typeparam name="T">The model.</typeparam>
public class RecordEndpoint<T>
    where T : class, ICopperRecord
{
    private readonly RequestPipeline _requests;
    private readonly long _searchCeiling;
    private readonly Func<IAccountNames> _newNames;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected RecordEndpoint()
    {
    }
#pragma warning restore CS8618

    /// <param name="requests">Sends the requests.</param>
    /// <param name="entity">The kind of record.</param>
    /// <param name="searchCeiling">The number of records of one result that the service returns.</param>
    /// <param name="newNames">Completes typed fields and criteria; called for each write and search.</param>
    internal RecordEndpoint(
        RequestPipeline requests, CopperEntity<T> entity, long searchCeiling, Func<IAccountNames> newNames)
    {
        _newNames = newNames;
        _requests = requests;
        _searchCeiling = searchCeiling;
        Entity = entity;
        Bulk = new BulkEndpoint<T>(requests, entity, newNames);
    }

    /// <summary>The kind of record.</summary>
    public virtual CopperEntity<T> Entity { get => Substitute.Part(field, this); }

    /// <summary>
    /// Creates or updates many records, ten in one request; see <see cref="CopperEntity.Bulk"/> for what the service offers.
    /// </summary>
    public virtual BulkEndpoint<T> Bulk { get => Substitute.Part(field, this); }

    /// <summary>Reads one record.</summary>
    /// <exception cref="CopperNotFoundException">There is none with this id.</exception>
    /// <exception cref="CopperProtocolException">The service returned another record than that, or none that can be read.</exception>
    public virtual async Task<T> GetAsync(long id, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var request = CopperRequest.Read(PathOf(id));
        return await NamedAsync(
            await _requests.SendAsync(
                request, response => _requests.Records.ReadRecord<T>(request, response, id), cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads up to 200 records in one request, by the search's filter for ids. A record that is not among those found may exist all
    /// the same, for example one that has just been created: <see cref="GetAsync"/> tells for sure.
    /// </summary>
    /// <exception cref="NotSupportedException">The search takes no ids; see <see cref="CopperEntity.IsFoundById"/>.</exception>
    public virtual async Task<IReadOnlyDictionary<long, T>> FindAsync(IEnumerable<long> ids, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var wanted = new HashSet<long>(ids);
        if (!Entity.IsFoundById)
        {
            throw new NotSupportedException($"A search for {Entity.Path} takes no ids.");
        }

        if (wanted.Count is 0 or > SearchQuery.LargestPage)
        {
            throw new ArgumentException(
                $"1 to {SearchQuery.LargestPage} records can be read in one request, not {wanted.Count}.", nameof(ids));
        }

        var body = new JsonBody
        {
            ["ids"] = wanted.ToArray(),
            ["page_number"] = 1,
            ["page_size"] = wanted.Count,
            ["sort_by"] = Entity.DefaultSort,
            ["sort_direction"] = "asc",
        };
        var page = await _requests.SendAsync(
            CopperRequest.Read(Entity.Path + "/search", body),
            response => _requests.Records.ReadList<T>(response, ResponseReader.ReadList),
            cancellationToken).ConfigureAwait(false);
        await _newNames().LoadNamesAsync(page.Items, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<long, T>();
        foreach (var record in page.Items)
        {
            if (record is not null && wanted.Contains(record.Id))
            {
                found[record.Id] = record;
            }
        }

        return found;
    }

    /// <summary>
    /// As <see cref="FindAsync"/>, without those records that this client has written within the last minute: a search may still show
    /// them as they were. What is read to be changed is read by this, and what it leaves out by <see cref="GetAsync"/>.
    /// </summary>
    /// <param name="ids">Up to 200 ids.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public virtual async Task<IReadOnlyDictionary<long, T>> FindCurrentAsync(
        IEnumerable<long> ids, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var settled = ids.Where(id => !_requests.Written.Contains(Entity.Path, id)).Distinct().ToArray();
        var found = settled.Length == 0
            ? new Dictionary<long, T>()
            : await FindAsync(settled, cancellationToken).ConfigureAwait(false);

        // What was written meanwhile is left out as well.
        return found.Where(record => !_requests.Written.Contains(Entity.Path, record.Key))
            .ToDictionary(static record => record.Key, static record => record.Value);
    }

    /// <summary>
    /// This client has written the record within the last minute: a search may still show it as it was before, also when it was deleted.
    /// </summary>
    /// <param name="id">The record.</param>
    public virtual bool WasJustWritten(long id)
    {
        Substitute.Check(_requests, this);
        return _requests.Written.Contains(Entity.Path, id);
    }

    /// <summary>
    /// Searches. Nothing is sent before the result is enumerated, and nothing ahead before its consumer has gone beyond the first page or
    /// stated how many records it takes.
    /// </summary>
    /// <exception cref="ArgumentException">The query is invalid; the message states why.</exception>
    public virtual SearchResult<T> Search(SearchQuery query)
    {
        Substitute.Check(_requests, this);
        CheckSearch(query);
        var rowOf = Entity.RowOf;
        return new SearchResult<T>(
            _requests,
            new SearchSource<T>(
                Entity.Path,
                Entity.Path + "/search",
                Entity.DefaultSort,
                record => (record.Id, rowOf?.Invoke(record, query.Filter) ?? 0))
            {
                SplitsByCreation = Entity.CanFilterByCreation,
                Ceiling = _searchCeiling,
            },
            query,
            _newNames());
    }

    /// <summary>
    /// How many records a search finds, without reading them: one small request. <see cref="SearchQuery.First"/> and
    /// <see cref="SearchQuery.Skip"/> do not matter.
    /// </summary>
    /// <param name="query">The criteria.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>
    /// The number as the service states it (X-PW-TOTAL), which may count records that the credential may not read; null where it states
    /// none.
    /// </returns>
    /// <exception cref="ArgumentException">The query is invalid; the message states why.</exception>
    public virtual async Task<long?> CountAsync(SearchQuery query, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        CheckSearch(query);
        var complete = await query.CompleteAsync(_newNames(), cancellationToken).ConfigureAwait(false);
        var body = complete.Filter.Copy();
        (body["page_number"], body["page_size"]) = (1, 1);
        return await _requests.SendAsync(
            CopperRequest.Read(Entity.Path + "/search", body), static response => response.Total, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads all records of a kind that the service lists whole: webhooks, definitions of custom fields, custom types of activities.
    /// </summary>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="NotSupportedException">There is a search for such records instead.</exception>
    public virtual async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        return Entity.IsSearchable
            ? throw new NotSupportedException($"The service does not list {Entity.Path} whole: {nameof(Search)} reads them in pages.")
            : await _requests
                .SendListAsync<T>(CopperRequest.Read(Entity.Path), ResponseReader.ReadList, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Searches once for each of some filters, for criteria of which the service takes one value at a time: what the first finds, then
    /// what the second finds besides, and so on. With <see cref="SearchQuery.SortBy"/> or <see cref="SearchQuery.Descending"/> the
    /// records of all of them come in that order, as far as records tell it (<see cref="SearchUnion{T}.IsSorted"/>); that reads the first
    /// page of each search at once. <see cref="SearchQuery.First"/> and <see cref="SearchQuery.Skip"/> count in the whole.
    /// </summary>
    /// <param name="query">The order, the size of pages, and how much is wanted. Its own filter is not used.</param>
    /// <param name="filters">The filters, one for each search.</param>
    /// <param name="countsFirst">All searches begin before the first record comes, so that the total is known by then.</param>
    /// <exception cref="ArgumentException">A query is invalid; the message states why.</exception>
    public virtual SearchUnion<T> SearchAny(SearchQuery query, IEnumerable<JsonBody> filters, bool countsFirst = false)
    {
        Substitute.Check(_requests, this);
        query.Check(Entity.Path, Entity.DefaultSort is not null);

        // Few records are asked for in a page of their own size. No more of them are wanted of one search, so that none is too long for
        // its order.
        var few = query.First <= query.PageSize - query.Skip ? query.First + query.Skip : null;
        var results = filters
            .Select(filter => new SearchQuery
            {
                Filter = filter,
                SortBy = query.SortBy,
                Descending = query.Descending,
                PageSize = few is { } size ? (int)Math.Max(1, size) : query.PageSize,
                First = few,
                ReadsAll = query.ReadsAll,
            })
            .Select(Search)
            .ToArray();
        var order = query.SortBy ?? (query.Descending ? Entity.DefaultSort : null);
        return new SearchUnion<T>(results, query, order is null ? null : SortKeys.Of(Entity, order)) { CountsFirst = countsFirst };
    }

    /// <summary>Creates a record and returns it as the service keeps it.</summary>
    /// <exception cref="CopperValidationException">The service rejects the fields.</exception>
    /// <exception cref="CopperOutcomeUnknownException">Whether the record was created is unknown; it was not sent twice.</exception>
    public virtual async Task<T> CreateAsync(JsonBody fields, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        return await NamedAsync(
            await _requests.SendAsync(
                CopperRequest.Create(Entity.Path, fields, Entity.Affects),
                _requests.Records.Read<T>,
                cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates a record by typed fields, for example a <c>PersonCreate</c>, and returns it.</summary>
    /// <exception cref="ArgumentException">
    /// What the record must have is missing; or, as an <see cref="Metadata.InputRejectedException"/>, a name is unknown or ambiguous, or a
    /// value does not fit its field. Nothing was sent but the reading of lists.
    /// </exception>
    /// <exception cref="CopperValidationException">The service rejects the fields.</exception>
    /// <exception cref="CopperOutcomeUnknownException">Whether the record was created is unknown; it was not sent twice.</exception>
    public virtual async Task<T> CreateAsync(INewRecord<T> record, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var fields = record ?? throw new ArgumentNullException(nameof(record));
        return await CreateAsync(
            await CompleteAsync(record, fields.Fields, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Updates the fields that were set, for example in a <c>PersonUpdate</c>, and no others; null clears one. Returns the
    /// record as the service keeps it. Where no field was set, the record is read.
    /// </summary>
    /// <exception cref="ArgumentException">As for creating.</exception>
    /// <exception cref="CopperNotFoundException">There is none with this id.</exception>
    /// <exception cref="CopperValidationException">The service rejects the fields.</exception>
    /// <exception cref="CopperStateNotReadException">The record was updated, but could not be read afterwards.</exception>
    public virtual async Task<T> UpdateAsync(long id, IRecordChanges<T> changes, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var given = changes ?? throw new ArgumentNullException(nameof(changes));
        var fields = await CompleteAsync(changes, given.Fields, cancellationToken).ConfigureAwait(false);
        return fields.Count == 0
            ? await GetAsync(id, cancellationToken).ConfigureAwait(false)
            : await UpdateAsync(id, fields, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Updates the given fields and no others; null clears one. Returns the record as the service keeps it.</summary>
    /// <exception cref="CopperNotFoundException">There is none with this id.</exception>
    /// <exception cref="CopperValidationException">The service rejects the fields.</exception>
    /// <exception cref="CopperStateNotReadException">The record was updated, but could not be read afterwards.</exception>
    /// <remarks>When the service confirms the update without a body, the record is read.</remarks>
    public virtual async Task<T> UpdateAsync(long id, JsonBody fields, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var request = CopperRequest.Update(PathOf(id), fields, Entity.Affects);
        var updated = await _requests.SendAsync(
            request,
            response => response.Body.IsEmpty ? null : _requests.Records.ReadRecord<T>(request, response, id),
            cancellationToken).ConfigureAwait(false);
        if (updated is not null)
        {
            return await NamedAsync(updated, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException failure)
        {
            // Its own message, such as that there is no such record, would hide that the record was updated.
            throw new CopperStateNotReadException(request, failure);
        }
    }

    /// <summary>Deletes a record for good.</summary>
    /// <exception cref="CopperNotFoundException">There is none with this id.</exception>
    /// <exception cref="CopperOutcomeUnknownException">The service confirmed the deletion of another record.</exception>
    public virtual Task DeleteAsync(long id, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var request = CopperRequest.Delete(PathOf(id), Entity.Affects);
        return _requests.SendAsync(
            request, response => RecordReader.ConfirmDeletion(request, response, Entity.Name, id), cancellationToken);
    }

    /// <summary>Tells whether the path of an error is that of the record itself, not of something that belongs to it.</summary>
    /// <param name="path">As <see cref="CopperException.Path"/> gives it.</param>
    /// <param name="id">The record.</param>
    public virtual bool IsRecordPath(string path, long id)
    {
        Substitute.Check(_requests, this);
        return path == "/" + PathOf(id);
    }

    private void CheckSearch(SearchQuery query)
    {
        if (query is null)
        {
            throw new ArgumentNullException(nameof(query));
        }

        if (!Entity.IsSearchable)
        {
            throw new NotSupportedException($"The service has no search for {Entity.Path}: {nameof(ListAsync)} reads all of them.");
        }

        query.Check(Entity.Path, Entity.DefaultSort is not null);
    }

    /// <summary>The record with the names behind its ids, where the client's options ask for them.</summary>
    private async Task<T> NamedAsync(T record, CancellationToken cancellationToken)
    {
        await _newNames().LoadNamesAsync([record], cancellationToken).ConfigureAwait(false);
        return record;
    }

    /// <summary>All fields as they are sent.</summary>
    private Task<JsonBody> CompleteAsync(object given, JsonBody fields, CancellationToken cancellationToken) =>
        given is ICompletable incomplete ? incomplete.CompleteAsync(_newNames(), cancellationToken) : Task.FromResult(fields);

    private string PathOf(long id) => id > 0
        ? Entity.Path + "/" + id.ToString(CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(
            nameof(id), id, $"The id of {CopperEntityNames.WithArticle(Entity.Name)} is a positive whole number.");
}
