using Copper.Client.Files;
using Copper.Client.Models;
using Copper.Client.Relations;

namespace Copper.Client;

/// <summary>
/// Shorter forms: what is done with a record that was read, or with a <see cref="CopperRelatedResource"/> that points to one, without
/// naming its entity and id, and searches without criteria. Each calls the member of the same name, so that a class of a test overrides
/// only that.
/// </summary>
public static class RecordExtensions
{
    /// <summary>All records of a kind, without criteria, in the order of their creation.</summary>
    /// <exception cref="NotSupportedException">The service lists such records whole.</exception>
    public static SearchResult<T> Search<T>(this RecordEndpoint<T> records)
        where T : class, ICopperRecord => Given(records).Search(new SearchQuery());

    /// <summary>How many records of a kind there are, as far as the service states it; see the other overload.</summary>
    /// <exception cref="NotSupportedException">The service lists such records whole.</exception>
    public static Task<long?> CountAsync<T>(this RecordEndpoint<T> records, CancellationToken cancellationToken = default)
        where T : class, ICopperRecord => Given(records).CountAsync(new SearchQuery(), cancellationToken);

    /// <summary>The records related to one, all of them or those of one entity.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public static Task<IReadOnlyList<CopperRelatedItem>> GetAsync(
        this RelatedItemEndpoint relatedItems,
        ICopperRecord record,
        CopperEntity? relatedEntity = null,
        CancellationToken cancellationToken = default) =>
        Given(relatedItems).GetAsync(CopperEntities.Of(record), record.Id, relatedEntity, cancellationToken);

    /// <summary>Relates two records.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public static Task<CopperRelatedItem> AddAsync(
        this RelatedItemEndpoint relatedItems,
        ICopperRecord record,
        ICopperRecord related,
        CancellationToken cancellationToken = default) =>
        Given(relatedItems).AddAsync(CopperEntities.Of(record), record.Id, CopperEntities.Of(related), related.Id, cancellationToken);

    /// <summary>Removes the relation of two records. One that does not exist counts as removed.</summary>
    /// <exception cref="ArgumentException">Records of these two entities cannot be related.</exception>
    public static Task<CopperRelatedItem> RemoveAsync(
        this RelatedItemEndpoint relatedItems,
        ICopperRecord record,
        ICopperRecord related,
        CancellationToken cancellationToken = default) =>
        Given(relatedItems).RemoveAsync(CopperEntities.Of(record), record.Id, CopperEntities.Of(related), related.Id, cancellationToken);

    /// <summary>The connections of a record, by all connect fields or by one.</summary>
    /// <exception cref="ArgumentException">Connect fields do not join such records.</exception>
    public static Task<IReadOnlyList<CopperConnection>> GetAsync(
        this ConnectionEndpoint connections,
        ICopperRecord record,
        long? definitionId = null,
        CancellationToken cancellationToken = default) =>
        Given(connections).GetAsync(CopperEntities.Of(record), record.Id, definitionId, cancellationToken);

    /// <summary>Connects two records by a connect field.</summary>
    /// <exception cref="ArgumentException">Connect fields do not join such records.</exception>
    public static Task<CopperConnection> AddAsync(
        this ConnectionEndpoint connections,
        long definitionId,
        ICopperRecord source,
        ICopperRecord target,
        CancellationToken cancellationToken = default) =>
        Given(connections).AddAsync(
            definitionId, CopperEntities.Of(source), source.Id, CopperEntities.Of(target), target.Id, cancellationToken);

    /// <summary>The files of a record.</summary>
    /// <exception cref="ArgumentException">Such records have no files.</exception>
    public static Task<IReadOnlyList<CopperFile>> GetAsync(
        this FileEndpoint files, ICopperRecord record, CancellationToken cancellationToken = default) =>
        Given(files).GetAsync(CopperEntities.Of(record), record.Id, cancellationToken);

    /// <summary>Attaches a file to a record.</summary>
    /// <param name="files">The files of the account.</param>
    /// <param name="record">The record.</param>
    /// <param name="content">The file, read from where it stands to its end; it must know its length.</param>
    /// <param name="fileName">The name under which it is attached.</param>
    /// <param name="cancellationToken">Cancels the request. Until the last step nothing is attached.</param>
    /// <exception cref="ArgumentException">Such records have no files, or the file is too large.</exception>
    /// <exception cref="CopperUploadException">The storage did not take it.</exception>
    public static Task<CopperFile> AddAsync(
        this FileEndpoint files, ICopperRecord record, Stream content, string fileName, CancellationToken cancellationToken = default) =>
        Given(files).AddAsync(CopperEntities.Of(record), record.Id, content, fileName, cancellationToken);

    /// <summary>Attaches a file of this machine to a record, under its own name.</summary>
    /// <param name="files">The files of the account.</param>
    /// <param name="record">The record.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="cancellationToken">Cancels the request. Until the last step nothing is attached.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">Such records have no files, or the file is too large.</exception>
    /// <exception cref="CopperUploadException">The storage did not take it.</exception>
    public static async Task<CopperFile> AddAsync(
        this FileEndpoint files, ICopperRecord record, string path, CancellationToken cancellationToken = default)
    {
        using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, useAsync: true);
        return await Given(files).AddAsync(record, content, Path.GetFileName(path), cancellationToken).ConfigureAwait(false);
    }

    private static T Given<T>(T endpoint)
        where T : class => endpoint ?? throw new ArgumentNullException(nameof(endpoint));
}
