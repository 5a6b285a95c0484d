using System.Globalization;
using System.IO.Compression;
using System.Text;
using Copper.Client;
using Copper.Client.Json;
using Copper.Data.Plans;

namespace Copper.Data.ChangeFeed;

/// <summary>
/// How far a feed of changes has come, and the records as it has read them. Its file is gzip-compressed JSON lines, belongs to its owner
/// only, and is replaced as a whole: whoever is interrupted has the former one. One run at a time uses it.
/// </summary>
public sealed class ChangeFeedState : IDisposable
{
    private const long Version = 1;
    private const string Kind = "copper changes";
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly TakenChanges _taken;
    private readonly Dictionary<string, KnownRecords> _known = [];
    private bool _isPrepared;

    private ChangeFeedState(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
        _taken = new TakenChanges(path + ".open");
    }

    /// <summary>The account that was read; null before the first run.</summary>
    internal long? AccountId { get; set; }

    /// <summary>An earlier run has read something.</summary>
    public bool IsBegun => AccountId is not null;

    private string NewPath => _path + ".new";

    /// <summary>Opens the state of a feed; a new one where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ChangeFeedException">The file is no state, is damaged, or is used by another run.</exception>
    /// <exception cref="IOException">The file cannot be read, or none can be written in its folder.</exception>
    public static ChangeFeedState Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder.");
        }

        FileStream? guard = null;
        try
        {
            guard = new FileStream(
                path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (File.Exists(path + ".lock"))
        {
            throw new ChangeFeedException(
                $"The state '{path}' is used by another run. Wait until it is done, or give each its own file.", exception);
        }

        try
        {
            var state = new ChangeFeedState(path, guard);
            if (File.Exists(path) && new FileInfo(path).Length > 0)
            {
                state.Read();
            }

            return state;
        }
        catch
        {
            guard.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes the state beside the former one, which stays until <see cref="Commit"/>: for programs that commit together with something
    /// else, and want to know before that the state can be written.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Prepare()
    {
        _isPrepared = false;
        File.Delete(NewPath);
        using var file = PrivateFile.Create(NewPath, FileMode.Create);
        using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var buffer = new BufferedStream(packed, 1 << 16))
        {
            Write(buffer, new JsonBody
            {
                ["kind"] = Kind,
                ["version"] = Version,
                ["account"] = AccountId,
                ["entities"] = _known.Select(static known => new JsonBody
                {
                    ["name"] = known.Key,
                    ["read_until"] = known.Value.ReadUntil,
                    ["seen_by"] = known.Value.SeenBy,
                    ["newest"] = known.Value.Newest,
                    ["excess"] = known.Value.Excess,
                    ["records"] = known.Value.Images.Count,
                    ["missing"] = known.Value.Missing.ToArray(),
                    ["taken"] = known.Value.Taken.Select(static taken => new JsonBody
                    {
                        ["id"] = taken.Key, ["name"] = taken.Value.Name, ["seen_by"] = taken.Value.SeenBy,
                    }).ToArray(),
                    ["hidden"] = known.Value.Hidden
                        .Select(static hidden => new JsonBody { ["id"] = hidden.Key, ["seen_by"] = hidden.Value }).ToArray(),
                }).ToArray(),
            }.ToString());
            foreach (var image in _known.Values.SelectMany(static known => known.Images.Values))
            {
                buffer.Write(image, 0, image.Length);
                buffer.WriteByte((byte)'\n');
            }

            Write(buffer, Kind);
        }

        file.Flush(flushToDisk: true);
        _isPrepared = true;
    }

    /// <summary>
    /// Puts the state in place of the former one, at once: from now on the changes that were read count as taken. Called when all of them
    /// are where they belong; who is interrupted before gets them again. Calls <see cref="Prepare"/> where that was not done.
    /// </summary>
    /// <exception cref="IOException">The state cannot be written, or the file cannot be replaced.</exception>
    public void Commit()
    {
        if (!_isPrepared)
        {
            Prepare();
        }

        PrivateFile.Replace(NewPath, _path);
        _isPrepared = false;
        _taken.Forget();
    }

    /// <summary>Lets another run use the state. What was prepared and not committed is removed.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(NewPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run removes it.
        }

        _taken.Dispose();
        _lock.Dispose();
    }

    /// <summary>Learns what consumers have from runs that did not end.</summary>
    /// <param name="account">The account.</param>
    internal void ReadTaken(long account)
    {
        foreach (var (entity, id, record) in _taken.Read(account))
        {
            Of(entity).Taken[id] = record;
        }
    }

    /// <summary>Notes a change that the consumer is about to get.</summary>
    internal void NoteTaken(CopperChange change, long account, string reader)
    {
        if (change.Change != CopperChangeKind.Deleted)
        {
            _taken.Note(change, account, reader);
        }
    }

    /// <summary>What is known of the records of an entity.</summary>
    internal KnownRecords Of(string entity)
    {
        if (!_known.TryGetValue(entity, out var known))
        {
            _known[entity] = known = new KnownRecords();
        }

        return known;
    }

    private static void Write(Stream stream, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        stream.Write(bytes, 0, bytes.Length);
    }

    private void Read()
    {
        try
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            using var reader = new StreamReader(unpacked, Encoding.UTF8);
            var head = JsonBody.Parse(reader.ReadLine() ?? string.Empty);
            if (!head.Contains("kind") || head["kind"] as string != Kind)
            {
                throw Damaged(null);
            }

            if (head["version"] is not Version)
            {
                throw new ChangeFeedException(Advice.LaterVersion(_path));
            }

            AccountId = head["account"] as long?;
            foreach (var entity in ((JsonArray)head["entities"]!).OfType<AdditionalMembers>())
            {
                ReadRecords(reader, entity);
            }

            if (reader.ReadLine() != Kind)
            {
                throw Damaged(null);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ArgumentException
            or InvalidCastException or NullReferenceException or KeyNotFoundException or FormatException)
        {
            throw Damaged(exception);
        }
    }

    private void ReadRecords(StreamReader reader, AdditionalMembers entity)
    {
        var known = Of((string)entity["name"]!);
        known.ReadUntil = entity["read_until"] is long seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        known.SeenBy = entity["seen_by"] as string;
        known.Newest = NumberOf(entity, "newest");
        known.Excess = NumberOf(entity, "excess");
        if (entity.TryGetValue("missing", out var missing))
        {
            known.Missing.UnionWith(((JsonArray)missing!).Cast<long>());
        }

        if (entity.TryGetValue("taken", out var taken))
        {
            foreach (var record in ((JsonArray)taken!).OfType<AdditionalMembers>())
            {
                known.Taken[(long)record["id"]!] = new TakenRecord(record["name"] as string, (string)record["seen_by"]!);
            }
        }

        foreach (var hidden in ((JsonArray)entity["hidden"]!).OfType<AdditionalMembers>())
        {
            known.Hidden[(long)hidden["id"]!] = (string)hidden["seen_by"]!;
        }

        for (var left = (long)entity["records"]!; left > 0; left--)
        {
            var line = reader.ReadLine() ?? throw Damaged(null);
            known.Images[IdIn(line)] = Encoding.UTF8.GetBytes(line);
        }
    }

    /// <summary>A number that the state of an earlier version does not have.</summary>
    private static long NumberOf(AdditionalMembers entity, string name) => entity.TryGetValue(name, out var value) ? (long)value! : 0;

    /// <summary>The id stands first: the rest of the line is not looked at before it is needed.</summary>
    private static long IdIn(string line)
    {
        const string Start = "{\"id\":";
        var end = line.IndexOfAny([',', '}'], Start.Length);
        return line.StartsWith(Start, StringComparison.Ordinal)
            ? long.Parse(line.Substring(Start.Length, end - Start.Length), NumberStyles.None, CultureInfo.InvariantCulture)
            : throw new FormatException("A record has no id.");
    }

    private ChangeFeedException Damaged(Exception? cause) => new(
        $"'{_path}' is no state of {Advice.Give(Advice.ChangeFeed, "a change feed")}, or is damaged. Put back a copy of it, or remove "
            + "it: the next run then reports all records as created.",
        cause);
}
