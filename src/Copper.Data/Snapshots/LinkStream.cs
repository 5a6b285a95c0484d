using System.Globalization;
using System.Text;
using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>
/// Reads what each record of an entity is related to, connected to, or has attached: one request for each. The records are known.
/// </summary>
internal sealed class LinkStream : SnapshotStream
{
    private const int MostCopied = 200;
    private const string After = "after";

    private readonly CopperClient _client;
    private readonly CopperEntity _entity;
    private readonly RecordStream _records;
    private readonly CopperSnapshot? _previous;

    /// <param name="client">Whose account it is.</param>
    /// <param name="content">What is read of each record.</param>
    /// <param name="entity">The entity of the records.</param>
    /// <param name="records">The records; they are read before.</param>
    /// <param name="spool">The file of what was read.</param>
    /// <param name="previous">An earlier snapshot, from which the lists of records are taken that were not modified since.</param>
    public LinkStream(
        CopperClient client, SnapshotContent content, CopperEntity entity, RecordStream records, string spool, CopperSnapshot? previous)
        : base($"{WordOf(content)} of {entity.Plural}", spool)
    {
        _client = client;
        Content = content;
        _entity = entity;
        _records = records;
        _previous = previous;
    }

    public SnapshotContent Content { get; }

    public CopperEntity Entity => _entity;

    /// <summary>The lists to read at most, before the records are known for sure.</summary>
    public long? Expected => Total ?? _records.Total;

    private protected override async Task<bool> ReadAsync(bool completes, CancellationToken cancellationToken)
    {
        var index = SpoolIndex.Of(_records.Spool.Path, _records.Spool.Lines);
        Total = index.Count;
        var after = Spool.State is { } state ? NumberOf(state, After) ?? long.MinValue : long.MinValue;
        using var previous = _previous is null ? null : PreviousLinks.Of(_previous, Content, _entity);
        var copied = new List<byte[]>();
        foreach (var (_, id, json) in index.Read())
        {
            if (id <= after)
            {
                continue;
            }

            if (previous?.Find(id, RecordHead.Of(json.AsSpan()).Modified) is { } known)
            {
                copied.Add(known);
            }
            else if (await ReadOneAsync(id, cancellationToken).ConfigureAwait(false) is { } list)
            {
                copied.Add(list);
            }
            else
            {
                continue;
            }

            if (previous is null || copied.Count == MostCopied)
            {
                Append(copied, StateAfter(id));
                copied.Clear();
            }
        }

        Append(copied, StateAfter(long.MaxValue));
        return true;
    }

    private static JsonBody StateAfter(long id)
    {
        var state = StateOf("read");
        state[After] = id;
        return state;
    }

    private async Task<byte[]?> ReadOneAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            var list = await _client.ReadRawListAsync(RequestOf(id), cancellationToken).ConfigureAwait(false);
            return Line(id, list.Items);
        }
        catch (CopperNotFoundException)
        {
            // The record was deleted, or converted, a moment ago.
            return null;
        }
        catch (CopperPermissionException refusal)
        {
            Add(Missing, $"{char.ToUpperInvariant(Name[0])}{Name.Substring(1)}, at least some: {refusal.Message}");
            return null;
        }
    }

    private CopperRequest RequestOf(long id)
    {
        var number = id.ToString(CultureInfo.InvariantCulture);
        if (Content != SnapshotContent.Connection)
        {
            return CopperRequest.Read($"{_entity.Path}/{number}/{(Content == SnapshotContent.Relation ? "related" : "files")}");
        }

        var request = CopperRequest.Read("related_links");
        request.Query.Add(new KeyValuePair<string, string>("source_type", _entity.ConnectionName!));
        request.Query.Add(new KeyValuePair<string, string>("source_id", number));
        return request;
    }

    private static byte[] Line(long id, IReadOnlyList<byte[]> items)
    {
        using var line = new MemoryStream();
        Write(FormattableString.Invariant($"{{\"id\":{id},\"items\":["));
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                line.WriteByte((byte)',');
            }

            line.Write(items[i], 0, items[i].Length);
        }

        Write("]}");
        return line.ToArray();

        void Write(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            line.Write(bytes, 0, bytes.Length);
        }
    }

    private static string WordOf(SnapshotContent content) => content switch
    {
        SnapshotContent.Relation => "relations",
        SnapshotContent.Connection => "connections",
        _ => "files",
    };
}
