using System.Text;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// Converts the state to bytes with a checksum, and back. A change of the format changes <see cref="Version"/>, which is part of the
/// file's name.
/// </summary>
internal static class LimiterStateSerializer
{
    public const int Version = 1;
    internal const int HeaderLength = sizeof(int) + sizeof(ulong);
    private const int LargestCount = 1_000_000;

    /// <summary>No machine runs for so long. Sums of smaller times cannot overflow.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(100_000);

    public static byte[] Write(LimiterState state)
    {
        var credentials = state.Completed.Select(static request => request.Credential)
            .Concat(state.InFlight.Select(static request => request.Credential)).Distinct().ToList();
        var index = new Dictionary<Guid, int>();
        foreach (var credential in credentials)
        {
            index.Add(credential, index.Count);
        }

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(0);
        writer.Write(0UL);
        writer.Write(state.HoldUntil.Ticks);
        WriteList(writer, state.Accounts, (credential) =>
        {
            Write(writer, credential.Key);
            Write(writer, credential.Value);
        });
        WriteList(writer, state.Backoffs, backoff =>
        {
            Write(writer, backoff.Key);
            backoff.Value.Write(writer);
        });
        WriteList(writer, state.Members, member => Write(writer, member));
        WriteList(writer, credentials, credential => Write(writer, credential));
        WriteList(writer, state.InFlight, request =>
        {
            Write(writer, request.Member);
            writer.Write(request.Number);
            writer.Write(index[request.Credential]);
            writer.Write(request.Bulk);
            writer.Write(request.Since.Ticks);
        });
        WriteList(writer, state.Completed, request =>
        {
            writer.Write(request.Time.Ticks);
            writer.Write(index[request.Credential]);
            writer.Write(request.Bulk);
        });
        writer.Flush();
        var bytes = stream.ToArray();
        stream.Position = 0;
        writer.Write(bytes.Length);
        writer.Write(Checksum(bytes, bytes.Length));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Returns null when the bytes are not a whole state. What follows the state is ignored.</summary>
    public static LimiterState? Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            var length = reader.ReadInt32();
            if (length < HeaderLength || length > bytes.Length || reader.ReadUInt64() != Checksum(bytes, length))
            {
                return null;
            }

            var state = new LimiterState { HoldUntil = ReadTime(reader) };
            ReadList(reader, () => state.Accounts[ReadGuid(reader)] = ReadGuid(reader));
            ReadList(reader, () => state.Backoffs[ReadGuid(reader)] = AdaptiveBackoff.Read(reader));
            ReadList(reader, () => state.Members.Add(ReadMember(reader)));
            var credentials = new List<Guid>();
            ReadList(reader, () => credentials.Add(ReadGuid(reader)));
            ReadList(reader, () => state.InFlight.Add(ReadInFlight(reader, credentials)));
            ReadList(reader, () => state.Completed.Add(
                new CompletedRequest(ReadTime(reader), credentials[reader.ReadInt32()], reader.ReadBoolean())));
            return state;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static InFlightRequest ReadInFlight(BinaryReader reader, List<Guid> credentials) =>
        new(ReadGuid(reader), reader.ReadInt64(), credentials[reader.ReadInt32()], reader.ReadBoolean(), ReadTime(reader));

    private static void Write(BinaryWriter writer, LimiterMember member)
    {
        Write(writer, member.Id);
        writer.Write(member.Process.Id);
        writer.Write(member.Process.Started);
        writer.Write(member.Process.Host);
        Write(writer, member.Credential);
        WriteList(writer, member.Limits, limit => Write(writer, limit));
        WriteList(writer, member.BulkLimits, limit => Write(writer, limit));
        writer.Write(member.Waiting);
        writer.Write(member.BulkWaiting);
        writer.Write(member.NextSync.Ticks);
        writer.Write(member.LastAdmitted.Ticks);
        writer.Write(member.LastSeen.Ticks);
        writer.Write(member.LongestRequest.Ticks);
        writer.Write(member.FoundDead?.Ticks ?? -1);
        writer.Write(member.IsLeaving);
    }

    private static LimiterMember ReadMember(BinaryReader reader)
    {
        var id = ReadGuid(reader);
        var process = new ProcessIdentity(reader.ReadInt32(), reader.ReadInt64(), reader.ReadString());
        var member = new LimiterMember(id, process, ReadGuid(reader));
        var limits = new List<RateLimit>();
        ReadList(reader, () => limits.Add(new RateLimit(reader.ReadInt32(), ReadTime(reader))));
        var bulkLimits = new List<RateLimit>();
        ReadList(reader, () => bulkLimits.Add(new RateLimit(reader.ReadInt32(), ReadTime(reader))));
        (member.Limits, member.BulkLimits) = (limits, bulkLimits);
        (member.Waiting, member.BulkWaiting) = (ReadCount(reader), ReadCount(reader));
        (member.NextSync, member.LastAdmitted) = (ReadTime(reader), ReadTime(reader));
        (member.LastSeen, member.LongestRequest) = (ReadTime(reader), ReadTime(reader));
        member.FoundDead = ReadTime(reader) is var dead && dead >= TimeSpan.Zero ? dead : null;
        member.IsLeaving = reader.ReadBoolean();
        return member;
    }

    private static void Write(BinaryWriter writer, RateLimit limit)
    {
        writer.Write(limit.Limit);
        writer.Write(limit.Window.Ticks);
    }

    private static void Write(BinaryWriter writer, Guid value) => writer.Write(value.ToByteArray());

    private static Guid ReadGuid(BinaryReader reader) => new(reader.ReadBytes(16));

    private static int ReadCount(BinaryReader reader) =>
        reader.ReadInt32() is >= 0 and <= LargestCount and var count ? count : throw new FormatException("The count is out of range.");

    private static TimeSpan ReadTime(BinaryReader reader) =>
        TimeSpan.FromTicks(reader.ReadInt64()) is var time && time < LongestTime && time > -LongestTime
            ? time
            : throw new FormatException("The time is out of range.");

    private static void WriteList<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items)
        {
            write(item);
        }
    }

    private static void ReadList(BinaryReader reader, Action read)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            read();
        }
    }

    /// <summary>FNV-1a. It detects damaged and foreign files, not deliberate changes.</summary>
    internal static ulong Checksum(byte[] bytes, int length)
    {
        var sum = 14695981039346656037UL;
        for (var i = HeaderLength; i < length; i++)
        {
            sum = unchecked((sum ^ bytes[i]) * 1099511628211UL);
        }

        return sum;
    }
}
