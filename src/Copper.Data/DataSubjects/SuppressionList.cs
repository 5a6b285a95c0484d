using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Copper.Client;
using Copper.Data.Snapshots;

namespace Copper.Data.DataSubjects;

/// <summary>
/// Who was erased, so that no restore, undo or import brings them back: keyed hashes (HMAC-SHA-256) of addresses and of records, with a
/// random key of the file. No address, name or id is in it. Who has the file can test whether a certain address is on it, as whoever uses
/// the list has to, so that the file is its owner's only.
/// </summary>
public sealed class SuppressionList
{
    private const string Kind = "copper suppression list";
    private const string EntryKind = "erased";
    private const long Version = 1;
    private const int KeySize = 32;

    private readonly byte[] _key;
    private readonly HashSet<string> _hashes = new(StringComparer.Ordinal);
    private readonly List<string> _lines = [];

    private SuppressionList(string path, byte[] key)
    {
        Path = path;
        _key = key;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The number of hashes on the list.</summary>
    public int Count => _hashes.Count;

    /// <summary>Reads a list.</summary>
    /// <exception cref="SuppressionListException">The file is not there, or is no suppression list.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SuppressionList Open(string path) => File.Exists(path)
        ? Read(path)
        : throw new SuppressionListException(
            $"There is no suppression list '{path}'. Without it, nobody would be left out: check the path. "
                + $"{Advice.Give(Advice.BeginSuppressionList, "OpenOrCreate")} begins one.");

    /// <summary>Reads a list, or begins one where there is no file. Nothing is written before <see cref="Save"/>.</summary>
    /// <exception cref="SuppressionListException">The file is no suppression list.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SuppressionList OpenOrCreate(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > 0)
        {
            return Read(path);
        }

        var key = new byte[KeySize];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(key);
        }

        return new SuppressionList(path, key);
    }

    /// <summary>The address is that of somebody who was erased.</summary>
    public bool HasAddress(string address) => _hashes.Contains(HashOf(AddressText(address)));

    /// <summary>The record was one of somebody who was erased.</summary>
    /// <param name="account">The id of the account.</param>
    /// <param name="entity">The API's singular word.</param>
    /// <param name="id">The id that the record had.</param>
    public bool HasRecord(long account, string entity, long id) => _hashes.Contains(HashOf(RecordText(account, entity, id)));

    /// <summary>Adds an address; false when it is on the list.</summary>
    public bool AddAddress(string address, DateTimeOffset time) => Add(AddressText(address), "address", time);

    /// <summary>Adds a record; false when it is on the list.</summary>
    /// <param name="account">The id of the account.</param>
    /// <param name="entity">The API's singular word.</param>
    /// <param name="id">The id.</param>
    /// <param name="time">When it is erased.</param>
    public bool AddRecord(long account, string entity, long id, DateTimeOffset time) =>
        Add(RecordText(account, entity, id), "record", time);

    /// <summary>Writes the list: whoever reads the file meanwhile has the former or the new one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save()
    {
        var head = new JsonBody { ["kind"] = Kind, ["version"] = Version, ["key"] = Convert.ToBase64String(_key) };
        RecordFile.Write(
            System.IO.Path.GetFullPath(Path),
            Encoding.UTF8.GetBytes(string.Concat(_lines.Prepend(head.ToString()).Select(static line => line + "\n"))));
    }

    private static SuppressionList Read(string path)
    {
        var lines = File.ReadAllLines(path, Encoding.UTF8);
        try
        {
            var head = JsonBody.Parse(lines[0]);
            if (head["kind"] is not Kind)
            {
                throw new ArgumentException("It has another kind.");
            }

            if (head["version"] is not Version)
            {
                throw new SuppressionListException(Advice.LaterVersion(path));
            }

            var list = new SuppressionList(path, Convert.FromBase64String((string)head["key"]!));
            foreach (var line in lines.Skip(1).Where(static line => line.Length > 0))
            {
                list._hashes.Add((string)JsonBody.Parse(line)["hash"]!);
                list._lines.Add(line);
            }

            return list;
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException or InvalidCastException
            or FormatException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new SuppressionListException($"'{path}' is no suppression list, or is damaged.", exception);
        }
    }

    private bool Add(string text, string what, DateTimeOffset time)
    {
        var hash = HashOf(text);
        if (!_hashes.Add(hash))
        {
            return false;
        }

        _lines.Add(new JsonBody
        {
            ["kind"] = EntryKind,
            ["time"] = SnapshotManifest.TextOf(time),
            ["of"] = what,
            ["hash"] = hash,
        }.ToString());
        return true;
    }

    private static string AddressText(string address) => "address " + EmailText.Normalize(address);

    private static string RecordText(long account, string entity, long id) =>
        string.Format(CultureInfo.InvariantCulture, "record {0} {1} {2}", account, entity, id);

    private string HashOf(string text)
    {
        using var hmac = new HMACSHA256(_key);
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
