using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Files;

/// <summary>Files attached to records (developer.copper.com/file-upload). Tasks have none. A file's content cannot be read back.</summary>
public class FileEndpoint
{
    /// <summary>The most bytes that the service's upload policy lets through.</summary>
    public const long LargestLength = 1_073_741_824;

    private readonly RequestPipeline _requests;
    private readonly FileStorage _storage;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected FileEndpoint()
    {
    }
#pragma warning restore CS8618

    internal FileEndpoint(RequestPipeline requests, FileStorage storage)
    {
        _requests = requests;
        _storage = storage;
    }

    /// <summary>Rejects an entity whose records have no files.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static void CheckEntity(CopperEntity entity)
    {
        if (!entity.HasFiles)
        {
            throw new ArgumentException(
                $"Copper keeps no files with {entity.Path}. It does with leads, people, companies, opportunities and projects.");
        }
    }

    /// <summary>The files of a record.</summary>
    /// <exception cref="CopperNotFoundException">There is no such record.</exception>
    public virtual async Task<IReadOnlyList<CopperFile>> GetAsync(
        CopperEntity entity, long id, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var files = await _requests
            .SendListAsync<CopperFile>(CopperRequest.Read(PathOf(entity, id)), ResponseReader.ReadList, cancellationToken)
            .ConfigureAwait(false);
        return files.ConvertAll(file => Complete(file, entity, id));
    }

    /// <summary>One file of a record.</summary>
    /// <exception cref="CopperNotFoundException">There is no such record, or it has no such file.</exception>
    public virtual async Task<CopperFile> GetAsync(CopperEntity entity, long id, long fileId, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        var request = CopperRequest.Read(PathOf(entity, id, fileId));
        var file = await _requests.SendAsync(
            request,
            response => _requests.Records.ReadRecord<CopperFile>(request, response, fileId),
            cancellationToken).ConfigureAwait(false);
        return Complete(file, entity, id);
    }

    /// <summary>
    /// Attaches a file to a record: requests a place in the storage, uploads the bytes, and registers them with the service.
    /// </summary>
    /// <param name="entity">The record's entity.</param>
    /// <param name="id">The record.</param>
    /// <param name="content">The file, read from where it stands to its end; it must know its length.</param>
    /// <param name="fileName">The name under which it is attached.</param>
    /// <param name="cancellationToken">Cancels the request. Until the last step nothing is attached.</param>
    /// <exception cref="ArgumentException">The file is too large.</exception>
    /// <exception cref="CopperApiException">The service does not permit it; nothing was uploaded.</exception>
    /// <exception cref="CopperProtocolException">The service's permission cannot be used; nothing was uploaded.</exception>
    /// <exception cref="CopperUploadException">The storage did not take it.</exception>
    public virtual async Task<CopperFile> AddAsync(
        CopperEntity entity, long id, Stream content, string fileName, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        CheckEntity(entity);
        var length = content.Length - content.Position;
        CheckLength(fileName, length, LargestLength);
        var attachment = new JsonBody { ["file_name"] = fileName };
        var permission = CopperRequest.Read(PathOf(entity, id) + "/s3_signed_url");
        var ticket = await _requests.SendAsync(
            permission, response => _requests.Records.Read<UploadTicket>(response).Check(), cancellationToken).ConfigureAwait(false);
        if (ticket.Key?.Contains('\0') == true)
        {
            throw new CopperUploadException(permission, "Copper's permission to upload cannot be used: it names no valid place.");
        }

        CheckLength(fileName, length, ticket.LargestLength() ?? LargestLength);
        await _storage.UploadAsync(ticket, content, length, fileName, _requests.Trace, cancellationToken).ConfigureAwait(false);
        attachment["key"] = ticket.Key;
        var attach = CopperRequest.Create(PathOf(entity, id), attachment, [entity.Path]);
        var file = await _requests.SendAsync(attach, _requests.Records.Read<CopperFile>, cancellationToken).ConfigureAwait(false);
        return Complete(file, entity, id);
    }

    /// <summary>Deletes a file for good.</summary>
    /// <exception cref="CopperNotFoundException">There is no such record, or it has no such file.</exception>
    /// <exception cref="CopperOutcomeUnknownException">The service confirmed the deletion of something else.</exception>
    public virtual Task RemoveAsync(CopperEntity entity, long id, long fileId, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_requests, this);
        // A file may be confirmed by the id of its record.
        var request = CopperRequest.Delete(PathOf(entity, id, fileId), [entity.Path]);
        return _requests.SendAsync(
            request, response => RecordReader.ConfirmDeletion(request, response, "file", fileId, id), cancellationToken);
    }

    private static void CheckLength(string fileName, long length, long largest)
    {
        if (length > largest)
        {
            throw new ArgumentException(string.Format(
                CultureInfo.CurrentCulture, "'{0}' has {1:N0} bytes, and Copper takes {2:N0} at most.", fileName, length, largest));
        }
    }

    private static CopperFile Complete(CopperFile file, CopperEntity entity, long id)
    {
        file.RelatedType = entity.Name;
        file.RelatedId = id;
        return file;
    }

    private static string PathOf(CopperEntity entity, long id, long fileId) =>
        PathOf(entity, id) + "/" + fileId.ToString(CultureInfo.InvariantCulture);

    private static string PathOf(CopperEntity entity, long id)
    {
        CheckEntity(entity);
        return string.Format(CultureInfo.InvariantCulture, "{0}/{1}/files", entity.Path, id);
    }
}
