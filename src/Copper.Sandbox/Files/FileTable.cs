using Copper.Sandbox.Values;

namespace Copper.Sandbox.Files;

/// <summary>Upload permissions, uploaded objects and attached files.</summary>
internal sealed class FileTable
{
    private readonly Dictionary<string, UploadTicket> _tickets = [];
    private readonly Dictionary<string, long> _uploadedSizes = [];
    private readonly Dictionary<long, AttachedFile> _files = [];
    private long _ticketCount;
    private long _nextId = 7_001;

    public UploadTicket IssueTicket(DateTimeOffset now)
    {
        var ticket = UploadTicket.Issue(++_ticketCount, now);
        _tickets.Add(ticket.Key, ticket);
        return ticket;
    }

    public UploadTicket? FindTicket(string key) => _tickets.TryGetValue(key, out var ticket) ? ticket : null;

    public void Store(UploadTicket ticket, long size) => _uploadedSizes[ticket.Key] = size;

    /// <summary>Attaches an uploaded object; null if nothing was uploaded under the key.</summary>
    public AttachedFile? Attach(ResourceReference parent, string fileName, string key, User creator, DateTimeOffset now)
    {
        if (!_uploadedSizes.TryGetValue(key, out long size))
        {
            return null;
        }

        var file = new AttachedFile(_nextId++, parent, fileName, size, creator.Id, now.ToUnixTimeSeconds());
        _files.Add(file.Id, file);
        return file;
    }

    public IEnumerable<AttachedFile> Of(ResourceReference parent) =>
        _files.Values.Where(file => file.Parent.Equals(parent)).OrderBy(file => file.Id);

    public void Remove(AttachedFile file) => _files.Remove(file.Id);

    /// <summary>Drops the files of a record that was deleted.</summary>
    public void RemoveAllOf(ResourceReference deleted)
    {
        foreach (var file in Of(deleted).ToArray())
        {
            Remove(file);
        }
    }
}
