using System.Globalization;
using System.Text;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// The records of a spool by id, each once: where its last line stands. It takes 24 bytes a record in memory, and no record.
/// </summary>
internal sealed class SpoolIndex
{
    private readonly string _path;
    private readonly Entry[] _entries;

    private SpoolIndex(string path, Entry[] entries, int count)
    {
        _path = path;
        _entries = entries;
        Count = count;
    }

    /// <summary>The records.</summary>
    public int Count { get; }

    /// <summary>The ids in order.</summary>
    public IEnumerable<long> Ids => _entries.Take(Count).Select(static entry => entry.Id);

    /// <summary>Reads a spool from its beginning to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">The records in it, those that came again included.</param>
    /// <param name="groupOf">The group of a record, which comes before its id in the order; null for none.</param>
    public static SpoolIndex Of(string path, long lines, Func<RecordHead, int>? groupOf = null)
    {
        var entries = new Entry[lines];
        var count = 0;
        using (var file = OpenShared(path))
        {
            var reader = new LineReader(file);
            while (reader.TryRead(out var line))
            {
                if (line.Count == 0 || line.Array![line.Offset] == Spool.StateMark)
                {
                    continue;
                }

                if (line.Array[line.Offset] == Spool.DeletedMark)
                {
                    var id = Encoding.ASCII.GetString(line.Array, line.Offset + 1, line.Count - 1);
                    entries[count++] = new Entry(long.Parse(id, CultureInfo.InvariantCulture), reader.Offset, -1, 0);
                    continue;
                }

                var head = RecordHead.Of(line.AsSpan());
                entries[count++] = new Entry(head.Id!.Value, reader.Offset, line.Count, groupOf?.Invoke(head) ?? 0);
            }
        }

        Array.Sort(entries, 0, count, Comparer<Entry>.Default);
        count = KeepLast(entries, count);
        if (groupOf is not null)
        {
            Array.Sort(entries, 0, count, Comparer<Entry>.Create(static (one, other) =>
                one.Group != other.Group ? one.Group.CompareTo(other.Group) : one.Id.CompareTo(other.Id)));
        }

        return new SpoolIndex(path, entries, count);
    }

    /// <summary>The records in the order of their ids. A record is valid until the next one is read.</summary>
    public IEnumerable<(int Group, long Id, ArraySegment<byte> Json)> Read()
    {
        using var file = OpenShared(_path);
        var buffer = new byte[4096];
        for (var i = 0; i < Count; i++)
        {
            var entry = _entries[i];
            if (buffer.Length < entry.Length)
            {
                buffer = new byte[Math.Max(entry.Length, buffer.Length * 2)];
            }

            if (file.Position != entry.Offset)
            {
                file.Seek(entry.Offset, SeekOrigin.Begin);
            }

            for (var read = 0; read < entry.Length;)
            {
                var part = file.Read(buffer, read, entry.Length - read);
                read += part > 0 ? part : throw new IOException($"'{_path}' has become shorter.");
            }

            yield return (entry.Group, entry.Id, new ArraySegment<byte>(buffer, 0, entry.Length));
        }
    }

    private static FileStream OpenShared(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024);

    /// <summary>Of the lines of one id the last one counts; none when it says that the record was deleted.</summary>
    private static int KeepLast(Entry[] entries, int count)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if ((i + 1 == count || entries[i + 1].Id != entries[i].Id) && entries[i].Length >= 0)
            {
                entries[kept++] = entries[i];
            }
        }

        return kept;
    }

    private readonly record struct Entry(long Id, long Offset, int Length, int Group) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Id != other.Id ? Id.CompareTo(other.Id) : Offset.CompareTo(other.Offset);
    }
}
