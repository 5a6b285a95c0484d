using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// The names behind the ids of one entry of a journal, as the lists of the account had them when it was written: a journal is read without
/// a connection, and a list may have changed since.
/// </summary>
/// <param name="texts">The names: <c>assignee_id/17</c> for an item of a list, <c>custom_fields/5</c> for a custom field,
/// <c>custom_fields/5/12</c> for a choice of it, <c>custom_fields/5/type</c> for its type where that is Date, and <c>close_date</c> for the
/// form of that.</param>
/// <param name="records">The names of records that the journal knows.</param>
internal sealed class NotedNames(
    IReadOnlyDictionary<string, string>? texts, IReadOnlyDictionary<RecordEnd, string>? records) : ChangeNames
{
    private const string CloseDate = "close_date";
    private const string Type = "type";

    public override string? DateFormat => Find(CloseDate);

    public override string? OfField(long field) => Find(KeyOf(RecordFields.CustomFields, field));

    public override string? OfValue(long field, object? value) => value switch
    {
        null => null,
        JsonArray choices => string.Join("; ", choices.Select(choice => OfValue(field, choice) ?? RecordFields.Shown(choice))),
        long seconds when Find(KeyOf(RecordFields.CustomFields, field, Type)) is not null => DayOf(seconds),
        long choice => Find(KeyOf(RecordFields.CustomFields, field, choice)),
        _ => null,
    };

    public override string? OfItem(Column column, long id) => Find(KeyOf(column.Field!, id));

    public override string? OfRecord(RecordEnd end) => records is not null && records.TryGetValue(end, out var name) ? name : null;

    /// <summary>The names that an entry needs, of those that lists which were read already have; null for none. Nothing is sent.</summary>
    /// <param name="metadata">The lists of the account.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    /// <param name="entity">The entity of the record.</param>
    /// <param name="bodies">What stands in the entry.</param>
    public static IReadOnlyDictionary<string, string>? Of(
        CopperMetadata metadata, string entity, string dateFormat, params JsonBody?[] bodies)
    {
        if (ColumnMap.Of(entity) is not { } map)
        {
            return null;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var lists = new RecordNameLoader(metadata);
        foreach (var member in bodies.OfType<JsonBody>().SelectMany(static body => body))
        {
            if (member.Key == RecordFields.CustomFields)
            {
                AddFields(texts, metadata, member.Value);
            }
            else if (member.Key == CloseDate && member.Value is not null)
            {
                texts[CloseDate] = dateFormat;
            }
            else if (RecordEnd.IdOf(member.Value) is { } id
                && map.Columns.FirstOrDefault(column => column.Field == member.Key && column.List != default) is { } column
                && lists.NameOf(new NameReference(column.List, id)) is { Length: > 0 } name)
            {
                texts[KeyOf(member.Key, id)] = name;
            }
        }

        return texts.Count == 0 ? null : texts;
    }

    /// <summary>
    /// Gives entries the names that the journal lacks, from the lists of the account, which are read at most once. A list that cannot be
    /// had leaves the ids.
    /// </summary>
    public static async Task CompleteAsync(
        CopperMetadata metadata, string dateFormat, IReadOnlyList<CopperJournalEntry> entries, CancellationToken cancellationToken)
    {
        var lacking = entries.Where(static entry => HasUnknownFields(entry) || ReferencesOf(entry).Any()).ToArray();
        var lists = new RecordNameLoader(metadata);
        await lists.LoadAsync(lacking.SelectMany(ReferencesOf).Distinct(), cancellationToken).ConfigureAwait(false);
        if (lacking.Any(HasUnknownFields))
        {
            await lists.LoadListAsync(NameList.CustomFieldDefinitions, cancellationToken).ConfigureAwait(false);
        }

        foreach (var entry in lacking)
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in (Of(metadata, entry.Entity, dateFormat, entry.BeforeImage, entry.AfterImage) ?? names)
                .Concat(entry.ListNames ?? names).ToArray())
            {
                // What the journal noted at the time comes last, and counts.
                names[name.Key] = name.Value;
            }

            entry.ListNames = names;
        }
    }

    private static IEnumerable<NameReference> ReferencesOf(CopperJournalEntry entry) => new[] { entry.BeforeImage, entry.AfterImage }
        .OfType<JsonBody>().SelectMany(static body => body)
        .Where(static member => RecordEnd.IdOf(member.Value) is not null)
        .Select(member => (Member: member, Column: ColumnMap.Of(entry.Entity)?.Columns
            .FirstOrDefault(column => column.Field == member.Key && column.List != default)))
        .Where(item => item.Column is not null
            && entry.ListNames?.ContainsKey(KeyOf(item.Member.Key, RecordEnd.IdOf(item.Member.Value)!)) != true)
        .Select(static item => new NameReference(item.Column!.List, RecordEnd.IdOf(item.Member.Value)!.Value));

    private static bool HasUnknownFields(CopperJournalEntry entry) => new[] { entry.BeforeImage, entry.AfterImage }.Any(body =>
        body is not null && body.Contains(RecordFields.CustomFields) && RecordFields.Items(body[RecordFields.CustomFields])
            .Any(item => entry.ListNames?.ContainsKey(KeyOf(RecordFields.CustomFields, item.Id)) != true));

    private static void AddFields(Dictionary<string, string> texts, CopperMetadata metadata, object? value)
    {
        var definitions = metadata.CustomFieldDefinitions.Peek() ?? [];
        foreach (var (id, content) in RecordFields.Items(value))
        {
            if (definitions.FirstOrDefault(definition => definition.Id == id) is not { } field)
            {
                continue;
            }

            texts[KeyOf(RecordFields.CustomFields, id)] = field.Name ?? string.Empty;
            if (field.DataType == CustomFieldTypes.Date)
            {
                texts[KeyOf(RecordFields.CustomFields, id, Type)] = field.DataType;
            }

            foreach (var choice in (content is JsonArray choices ? choices : Enumerable.Repeat(content, 1)).OfType<long>())
            {
                if (field.Options.Find(option => option.Id == choice)?.Name is { } label)
                {
                    texts[KeyOf(RecordFields.CustomFields, id, choice)] = label;
                }
            }
        }
    }

    /// <summary>The service writes a day as midnight in a zone that it does not tell: half a day later it is that day in UTC.</summary>
    internal static string? DayOf(long seconds) => seconds is > -62_000_000_000 and < 253_000_000_000
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.AddHours(12).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;

    private static string KeyOf(params object[] parts) =>
        string.Join("/", parts.Select(static part => Convert.ToString(part, CultureInfo.InvariantCulture)));

    private string? Find(string key) => texts is not null && texts.TryGetValue(key, out var text) && text.Length > 0 ? text : null;
}
