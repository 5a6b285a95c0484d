using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Copper.Client.Models;

namespace Copper.Data.Snapshots;

/// <summary>States what a snapshot holds: whose account, of when, which files, and what is not in it.</summary>
public sealed class SnapshotManifest
{
    /// <summary>The version of the form in which snapshots are written.</summary>
    public const int CurrentVersion = 1;

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The version of the snapshot's form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The id of the account.</summary>
    public long AccountId { get; init; }

    /// <summary>The name of the account.</summary>
    public string? AccountName { get; init; }

    /// <summary>The id of the user whose credential read the account: what that user cannot see is not in the snapshot.</summary>
    public long UserId { get; init; }

    /// <summary>The e-mail address of that user.</summary>
    public string? UserEmail { get; init; }

    /// <summary>The account writes a close date as dd/MM/yyyy instead of MM/dd/yyyy.</summary>
    public bool DayFirstDates { get; init; }

    /// <summary>When the reading began (UTC).</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>When it ended (UTC): the snapshot shows the account as it was then.</summary>
    public DateTimeOffset Finished { get; init; }

    /// <summary>All that was asked for is in it.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The entities whose records are in it, in the API's singular words.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];

    /// <summary>What else is in it.</summary>
    public IReadOnlyList<SnapshotContent> Include { get; init; } = [];

    /// <summary>What is not in it, a sentence each.</summary>
    public IReadOnlyList<string> NotIncluded { get; init; } = [];

    /// <summary>What was noticed while the account was read, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The files.</summary>
    public IReadOnlyList<SnapshotFile> Files { get; init; } = [];

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="SnapshotException">It is none, or of a later version.</exception>
    internal static SnapshotManifest Parse(string path, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version > CurrentVersion)
            {
                throw new SnapshotException(Advice.LaterVersion(path));
            }

            var account = root.GetProperty("account");
            var user = root.GetProperty(CopperEntityNames.User);
            var window = root.GetProperty("window");
            return new SnapshotManifest
            {
                Version = version,
                AccountId = account.GetProperty("id").GetInt64(),
                AccountName = account.GetProperty("name").GetString(),
                UserId = user.GetProperty("id").GetInt64(),
                UserEmail = user.GetProperty("email").GetString(),
                DayFirstDates = root.GetProperty("dayFirstDates").GetBoolean(),
                Started = TimeOf(window.GetProperty("started")),
                Finished = TimeOf(window.GetProperty("finished")),
                IsComplete = root.GetProperty("complete").GetBoolean(),
                Entities = Texts(root.GetProperty("entities")),
                Include = [.. Texts(root.GetProperty("include"))
                    .Select(static word => (SnapshotContent)Enum.Parse(typeof(SnapshotContent), word))],
                NotIncluded = Texts(root.GetProperty("notIncluded")),
                Notes = Texts(root.GetProperty("notes")),
                Files = [.. root.GetProperty("files").EnumerateArray().Select(static file => new SnapshotFile(
                    file.GetProperty("name").GetString()!,
                    file.GetProperty("records").GetInt64(),
                    file.GetProperty("bytes").GetInt64(),
                    file.GetProperty("sha256").GetString()!))],
            };
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new SnapshotException(
                $"The manifest '{path}' is damaged: {exception.Message} Take another copy of the snapshot.", exception);
        }
    }

    /// <summary>The text of the manifest.</summary>
    internal byte[] ToJson()
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteBoolean("complete", IsComplete);
            writer.WriteStartObject("account");
            writer.WriteNumber("id", AccountId);
            writer.WriteString("name", AccountName);
            writer.WriteEndObject();
            writer.WriteStartObject(CopperEntityNames.User);
            writer.WriteNumber("id", UserId);
            writer.WriteString("email", UserEmail);
            writer.WriteEndObject();
            writer.WriteStartObject("window");
            writer.WriteString("started", TextOf(Started));
            writer.WriteString("finished", TextOf(Finished));
            writer.WriteEndObject();
            writer.WriteBoolean("dayFirstDates", DayFirstDates);
            Write(writer, "entities", Entities);
            Write(writer, "include", Include.Select(static content => content.ToString()));
            Write(writer, "notIncluded", NotIncluded);
            Write(writer, "notes", Notes);
            writer.WriteStartArray("files");
            foreach (var file in Files)
            {
                writer.WriteStartObject();
                writer.WriteString("name", file.Name);
                writer.WriteNumber("records", file.Records);
                writer.WriteNumber("bytes", file.Bytes);
                writer.WriteString("sha256", file.Sha256);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>The sums of all files, as <c>sha256sum -c</c> reads them.</summary>
    /// <param name="manifest">The text of the manifest.</param>
    internal byte[] ToSums(byte[] manifest) => Encoding.ASCII.GetBytes(string.Concat(
        Files.Select(static file => $"{file.Sha256}  {file.Name}\n").Append(
            $"{RecordFile.HashOf(manifest)}  {SnapshotLayout.Manifest}\n")));

    internal static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(static item => item.GetString()!)];

    private static DateTimeOffset TimeOf(JsonElement text) => DateTimeOffset.ParseExact(
        text.GetString()!, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
