using System.Text;
using Copper.Client;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// What a backup has read of one kind of records so far, in the order in which it came: a record a line. After each page stands a line
/// that tells how the reading goes on; all of it is on the disk before the next request is sent. So whatever moment a process ends at,
/// the reading goes on after the last page that came whole. A record that comes again replaces the earlier one.
/// </summary>
internal sealed class Spool : IDisposable
{
    /// <summary>Begins the line that tells how the reading goes on.</summary>
    public const byte StateMark = (byte)'#';

    /// <summary>Begins the line of a record that turned out to be deleted: its id follows.</summary>
    public const byte DeletedMark = (byte)'-';

    private const string LinesMember = "lines";
    private readonly FileStream _file;

    private Spool(string path, FileStream file)
    {
        Path = path;
        _file = file;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How the reading goes on; null when it has not begun.</summary>
    public JsonBody? State { get; private set; }

    /// <summary>The records so far, those that came again included.</summary>
    public long Lines { get; private set; }

    /// <summary>Opens the file, without what was being written when a process ended.</summary>
    public static Spool Open(string path)
    {
        var file = PrivateFile.Create(path, FileMode.OpenOrCreate);
        try
        {
            var spool = new Spool(path, file);
            var end = 0L;
            var reader = new LineReader(file);
            while (reader.TryRead(out var line))
            {
                if (line.Count > 0 && line.Array![line.Offset] == StateMark)
                {
                    spool.State = JsonBody.Parse(Encoding.UTF8.GetString(line.Array, line.Offset + 1, line.Count - 1));
                    end = reader.Next;
                }
            }

            spool.Lines = spool.State is { } state ? (long)state[LinesMember]! : 0;
            file.SetLength(end);
            file.Seek(0, SeekOrigin.End);
            return spool;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds records, and how the reading goes on. It is on the disk when this returns.</summary>
    public void Append(IReadOnlyList<byte[]> records, JsonBody state)
    {
        Lines += records.Count;
        state[LinesMember] = Lines;
        using var buffer = new MemoryStream();
        foreach (var record in records)
        {
            buffer.Write(record, 0, record.Length);
            buffer.WriteByte((byte)'\n');
        }

        buffer.WriteByte(StateMark);
        var text = Encoding.UTF8.GetBytes(state.ToString());
        buffer.Write(text, 0, text.Length);
        buffer.WriteByte((byte)'\n');
        _file.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
        _file.Flush(flushToDisk: true);
        State = state;
    }

    /// <summary>Notes records that were deleted while the account was read.</summary>
    public void AppendDeleted(IEnumerable<long> ids, JsonBody state) =>
        Append([.. ids.Select(static id => Encoding.UTF8.GetBytes(FormattableString.Invariant($"-{id}")))], state);

    public void Dispose() => _file.Dispose();
}
