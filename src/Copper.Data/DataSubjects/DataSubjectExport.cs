using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace Copper.Data.DataSubjects;

/// <summary>
/// Writes what was found about a person into a folder: records as the service sends them (JSON), the same as tables (CSV), and an index
/// that says what was looked at, what was not, and why each record is there. Folder and files are their owner's only.
/// </summary>
/// <param name="client">Whose account it is.</param>
public sealed class DataSubjectExport(CopperClient client)
{
    private const string Unfinished = ".partial";
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    /// <summary>The name of the folder of a person: the address, without what a file system does not take.</summary>
    public static string FolderName(CopperDataSubject subject) => string.Concat(subject.Email.Select(
        static letter => char.IsLetterOrDigit(letter) || letter is '@' or '.' or '-' or '_' or '+' ? letter : '_')).Trim('.');

    /// <summary>Writes the folder. It takes its name when it is whole.</summary>
    /// <param name="subject">The person.</param>
    /// <param name="path">The folder, which must not exist yet.</param>
    /// <param name="cancellationToken">Ends the writing; what was written is removed.</param>
    /// <exception cref="IOException">The folder exists, or cannot be written.</exception>
    public async Task WriteAsync(CopperDataSubject subject, string path, CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(path) || File.Exists(path))
        {
            throw new IOException($"'{path}' exists already. Delete it, or name another folder.");
        }

        var draft = path + Unfinished;
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        try
        {
            PrivateFile.CreateFolder(draft);
            var files = new List<string>();
            WritePlace(draft, string.Empty, subject.Findings.Where(static one => one.Place == DataSubjectPlace.Account), files);
            WriteItems(draft, "relations.json", subject.InAccount.Relations.Select(static relation => Encoding.UTF8.GetBytes(
                LinkAccess.RelationOf(relation.Own, relation.Other).ToString())), files);
            var number = 0;
            foreach (var snapshot in subject.Findings
                .Where(static one => one.Place == DataSubjectPlace.Snapshot).GroupBy(static one => one.Path))
            {
                number++;
                WritePlace(draft, string.Format(
                    CultureInfo.InvariantCulture, "snapshot{0}-{1}/", number, SafeName(Path.GetFileName(snapshot.Key!))), snapshot, files);
            }

            await WriteTablesAsync(draft, subject, files, cancellationToken).ConfigureAwait(false);
            WriteTable(draft, "mentions.csv", MentionRows(subject), files);
            WriteIndex(draft, subject, files);
            WriteReadMe(draft, subject, files);
            Directory.Move(draft, path);
            subject.Path = path;
        }
        catch
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }

            throw;
        }
    }

    /// <summary>The records of one place, a file for each kind. Of those that only mention the person, another file has the text.</summary>
    private static void WritePlace(string folder, string prefix, IEnumerable<CopperDataSubjectFinding> findings, List<string> files)
    {
        foreach (var kind in findings
            .Where(static finding => finding.Json is not null && finding.Relation != DataSubjectRelation.Mention)
            .GroupBy(static finding => finding.Entity))
        {
            WriteItems(
                folder,
                prefix + PluralOf(kind.Key) + ".json",
                kind.GroupBy(static finding => finding.Id).SelectMany(static same => same.Key is null ? same : same.Take(1))
                    .Select(static finding => finding.Json!),
                files);
        }
    }

    private static string PluralOf(string entity) => entity == CopperEntities.Activity.Name ? CopperEntities.Activity.Path
        : CopperEntities.FindPrimary(entity)?.Path ?? entity + "s";

    private static string SafeName(string name) => string.Concat(name.Select(
        static letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));

    private static void WriteItems(string folder, string name, IEnumerable<byte[]> items, List<string> files)
    {
        var all = items.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartArray();
            foreach (var item in all)
            {
                using var document = JsonDocument.Parse(item, RecordDifference.AnyDepth);
                document.RootElement.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        Write(folder, name, stream.ToArray(), files);
    }

    private static void Write(string folder, string name, byte[] content, List<string> files)
    {
        RecordFile.Write(Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar)), content);
        files.Add(name);
    }

    /// <summary>The records of the account as tables: names beside ids, in the columns of the other exports.</summary>
    private async Task WriteTablesAsync(string folder, CopperDataSubject subject, List<string> files, CancellationToken cancellationToken)
    {
        var converter = new FlatRecordConverter(client, spreadsheetSafe: true);
        foreach (var kind in subject.Findings
            .Where(static finding => finding is { Place: DataSubjectPlace.Account, Json: not null } && IsRecord(finding.Entity)
                && finding.Relation != DataSubjectRelation.Mention)
            .GroupBy(static finding => finding.Entity))
        {
            var rows = new List<IReadOnlyList<KeyValuePair<string, object?>>>();
            foreach (var finding in kind.GroupBy(static finding => finding.Id).Select(static same => same.First()))
            {
                ICopperRecord record;
                try
                {
                    record = client.ReadRecord(CopperSnapshot.EntityOf(finding.Entity), finding.Json!);
                }
                catch (ArgumentException)
                {
                    // The JSON file has it as it came.
                    continue;
                }

                if (converter.NeedsLoading(record))
                {
                    await converter.LoadAsync(record, cancellationToken).ConfigureAwait(false);
                }

                rows.Add(converter.Convert(record).Cells);
            }

            WriteTable(folder, PluralOf(kind.Key) + ".csv", rows, files);
        }
    }

    private static bool IsRecord(string entity) => RecordAccess.Order.Contains(entity);

    private static List<IReadOnlyList<KeyValuePair<string, object?>>> MentionRows(CopperDataSubject subject) =>
    [
        .. subject.Findings.Where(static finding => finding.Relation == DataSubjectRelation.Mention).Select(
            static finding => (IReadOnlyList<KeyValuePair<string, object?>>)
            [
                new("Place", finding.Place.ToString()),
                new("Path", finding.Path),
                new("Entity", finding.Entity),
                new("Id", finding.Id),
                new("Name", SpreadsheetText.Neutralize(finding.Name)),
                new("Field", finding.Field),
                new("Reason", finding.Reason),
                new("Text", SpreadsheetText.Neutralize(finding.Text)),
            ]),
    ];

    private static void WriteTable(
        string folder, string name, List<IReadOnlyList<KeyValuePair<string, object?>>> rows, List<string> files)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var headings = rows.SelectMany(static row => row.Select(static cell => cell.Key)).Distinct(StringComparer.Ordinal).ToArray();
        var text = new StringBuilder();
        text.Append(string.Join(",", headings.Select(Quoted))).Append("\r\n");
        foreach (var row in rows)
        {
            var cells = row.ToDictionary(static cell => cell.Key, static cell => cell.Value, StringComparer.Ordinal);
            text.Append(string.Join(",", headings.Select(heading => Quoted(CellText.Of(
                cells.TryGetValue(heading, out var cell) ? cell : null))))).Append("\r\n");
        }

        // Spreadsheets know the encoding by the mark at the beginning.
        Write(folder, name, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())], files);
    }

    private static string Quoted(string cell) => "\"" + cell.Replace("\"", "\"\"") + "\"";

    private static void WriteIndex(string folder, CopperDataSubject subject, List<string> files)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteString("time", SnapshotManifest.TextOf(DateTimeOffset.UtcNow));
            WriteTexts("given", subject.Profile.Given);
            WriteTexts("addresses", subject.Addresses);
            WriteTexts("names", subject.Profile.Names);
            WriteTexts("lookedAt", subject.LookedAt);
            WriteTexts("notLookedAt", subject.NotLookedAt);
            WriteTexts("files", files);
            writer.WriteStartArray("findings");
            foreach (var finding in subject.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("place", finding.Place.ToString());
                WriteText("path", finding.Path);
                writer.WriteString("relation", finding.Relation.ToString());
                writer.WriteString("entity", finding.Entity);
                if (finding.Id is { } id)
                {
                    writer.WriteNumber("id", id);
                }

                WriteText("name", finding.Name);
                WriteText("field", finding.Field);
                writer.WriteString("reason", finding.Reason);
                WriteText("text", finding.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();

            void WriteText(string name, string? text)
            {
                if (text is not null)
                {
                    writer.WriteString(name, text);
                }
            }

            void WriteTexts(string name, IEnumerable<string> texts)
            {
                writer.WriteStartArray(name);
                foreach (var text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
            }
        }

        Write(folder, "index.json", stream.ToArray(), files);
    }

    /// <summary>The index in plain words.</summary>
    private static void WriteReadMe(string folder, CopperDataSubject subject, List<string> files)
    {
        var text = new StringBuilder();
        Line($"What Copper has about {subject.Name ?? subject.Email}");
        Line(string.Empty);
        Line($"Written: {SnapshotManifest.TextOf(DateTimeOffset.UtcNow)}");
        Line($"Addresses: {string.Join(", ", subject.Addresses)}");
        Part("Records of the person", DataSubjectRelation.Own);
        Part("Records of others that point to the person", DataSubjectRelation.Reference);
        Part("Texts that mention the person (mentions.csv has them)", DataSubjectRelation.Mention);
        Part("To be decided: is this the person?", DataSubjectRelation.Unclear);
        List("Looked at", subject.LookedAt);
        List("Not looked at", subject.NotLookedAt);
        List("Files", files);
        Write(folder, "README.txt", Encoding.UTF8.GetBytes(text.ToString()), files);

        void Line(string line) => text.Append(line).Append("\r\n");

        void Part(string title, DataSubjectRelation relation) => List(title, subject.Findings
            .Where(finding => finding.Relation == relation)
            .Select(static finding => string.Join(" ", new[]
            {
                finding.Place == DataSubjectPlace.Account ? null : $"[{finding.Path}]",
                finding.Entity,
                finding.Id?.ToString(CultureInfo.InvariantCulture),
                finding.Name is null ? null : $"({finding.Name})",
            }.OfType<string>()) + ": " + finding.Reason));

        void List(string title, IEnumerable<string> items)
        {
            var all = items.ToArray();
            Line(string.Empty);
            Line($"{title}: {(all.Length == 0 ? "none" : all.Length.ToString(CultureInfo.InvariantCulture))}");
            foreach (var item in all)
            {
                Line("  " + item);
            }
        }
    }
}
