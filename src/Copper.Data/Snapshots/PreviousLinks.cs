using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>
/// The lists of one kind that an earlier snapshot has of the records of one entity. One of a record that was not modified since is taken
/// from there. Records are asked for in the order of their ids.
/// </summary>
internal sealed class PreviousLinks : IDisposable
{
    private readonly IEnumerator<(long Id, ArraySegment<byte> Json)> _records;
    private readonly IEnumerator<(long Id, ArraySegment<byte> Json)> _links;
    private bool _hasRecord;
    private bool _hasLink;

    private PreviousLinks(string records, string links)
    {
        _records = RecordFileReader.Read(records).GetEnumerator();
        _links = RecordFileReader.Read(links).GetEnumerator();
        _hasRecord = _records.MoveNext();
        _hasLink = _links.MoveNext();
    }

    /// <summary>The lists of an earlier snapshot; null when it has none of them.</summary>
    public static PreviousLinks? Of(CopperSnapshot snapshot, SnapshotContent content, CopperEntity entity)
    {
        var links = SnapshotLayout.LinkFile(content, entity);
        return snapshot.Has(links) && snapshot.Has(SnapshotLayout.RecordFile(entity))
            ? new PreviousLinks(snapshot.PathOf(SnapshotLayout.RecordFile(entity)), snapshot.PathOf(links))
            : null;
    }

    /// <summary>The list of a record; null when it has to be read.</summary>
    public byte[]? Find(long id, long? modified)
    {
        while (_hasRecord && _records.Current.Id < id)
        {
            _hasRecord = _records.MoveNext();
        }

        while (_hasLink && _links.Current.Id < id)
        {
            _hasLink = _links.MoveNext();
        }

        return _hasRecord && _records.Current.Id == id && _hasLink && _links.Current.Id == id
            && modified is not null && RecordHead.Of(_records.Current.Json.AsSpan()).Modified == modified
                ? _links.Current.Json.ToArray()
                : null;
    }

    public void Dispose()
    {
        _records.Dispose();
        _links.Dispose();
    }
}
