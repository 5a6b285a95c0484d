using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>
/// What a record holds in the fields of a request body: images before and after a change, and the comparison of them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordFields
{
    /// <summary>The member of a body in which custom fields are written.</summary>
    internal const string CustomFields = "custom_fields";

    private const string DefinitionId = "custom_field_definition_id";
    private const long SecondsOfDay = 24 * 60 * 60;
    private const long QuarterOfHour = 15 * 60;
    private static readonly DateTime Epoch = new(1970, 1, 1);

    /// <summary>The members that a request body of the entity may have, without those of other entities.</summary>
    /// <param name="entity">The API's singular word.</param>
    public static IReadOnlyList<string> Writable(string entity)
    {
        var fields = (ColumnMap.Of(entity) ?? throw new ArgumentException($"'{entity}' is no entity with columns.", nameof(entity)))
            .Columns.Where(static column => column.CanBeWritten).Select(static column => column.Field!);
        return [.. (entity == CopperEntityNames.Activity ? fields.Concat(["parent", "type"]) : fields.Append(CustomFields)).Distinct()];
    }

    /// <summary>The values that the record has in the members of a body, as they would be written.</summary>
    /// <param name="record">The record.</param>
    /// <param name="like">The body; of its custom fields the same ones are taken.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    public static JsonBody ImageOf(ICopperRecord record, JsonBody like, string dateFormat)
    {
        var image = new JsonBody();
        foreach (var member in like)
        {
            image[member.Key] = member.Key == CustomFields
                ? FieldsLike(record, Items(member.Value).Select(static item => item.Id))
                : ValueOf(record, member.Key, dateFormat);
        }

        return image;
    }

    /// <summary>All that the record has in fields that can be written, without the empty ones: what makes it again.</summary>
    /// <param name="record">The record.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    public static JsonBody WholeImageOf(ICopperRecord record, string dateFormat)
    {
        var image = new JsonBody();
        foreach (var field in Writable(record.GetEntityType()))
        {
            var value = ValueOf(record, field, dateFormat);
            if (Canonical(field, value) != "null")
            {
                image[field] = value;
            }
        }

        return image;
    }

    /// <summary>What a record has in one field, as it would be written; null for nothing.</summary>
    /// <param name="record">The record.</param>
    /// <param name="field">The member of a body, for example contact_type_id.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    public static object? ValueOf(ICopperRecord record, string field, string dateFormat) => field switch
    {
        CustomFields => FieldsLike(record, null),
        "email" => record is CopperLead lead ? lead.Emails.FirstOrDefault() : null,
        _ => record.GetType().GetProperty(PropertyOf(field), BindingFlags.Instance | BindingFlags.Public)?.GetValue(record) switch
        {
            DateTime day => day.ToString(dateFormat, CultureInfo.InvariantCulture),
            CopperRelatedResource { Id: <= 0 } => null,
            CopperRelatedResource related => new JsonBody { ["id"] = related.Id, ["type"] = related.Type },
            CopperActivityTypeKey type => new JsonBody { ["category"] = type.Category, ["id"] = type.Id },
            CopperAddress address when address.ToString().Length == 0 => null,
            var value => value,
        },
    };

    /// <summary>The two are the same for the service: nothing, an empty text and an empty list are, and so are 5 and 5.0.</summary>
    /// <param name="field">The member of a body.</param>
    /// <param name="one">A value of it.</param>
    /// <param name="other">Another one.</param>
    public static bool AreEqual(string field, object? one, object? other) => field == CustomFields
        ? AreFieldsEqual(Items(one), Items(other))
        : string.Equals(Canonical(field, one), Canonical(field, other), StringComparison.Ordinal);

    /// <summary>The two mean the same: no priority is one called None, which the service gives to records without one.</summary>
    internal static bool MeanSame(string field, object? one, object? other)
    {
        return AreEqual(field, Meant(one), Meant(other));

        object? Meant(object? value) => field == "priority" && value is "None" ? null : value;
    }

    /// <summary>The members of two bodies of one shape are the same.</summary>
    public static bool AreEqual(JsonBody one, JsonBody other) =>
        one.Names.All(name => AreEqual(name, one[name], other.Contains(name) ? other[name] : null));

    /// <summary>The value in one line, for people.</summary>
    internal static string Shown(object? value) => value switch
    {
        null => string.Empty,
        JsonBody body when body.Contains("type") && body.Contains("id") => $"{body["type"]} {body["id"]}",
        string or CopperAddress or AdditionalMembers => value.ToString()!,
        System.Collections.IEnumerable list when value is not JsonBody => string.Join("; ", list.Cast<object?>().Select(Shown)),
        _ => CellText.Of(value),
    };

    /// <summary>The ids and values of custom fields in a body.</summary>
    internal static IReadOnlyList<(long Id, object? Value)> Items(object? value) => Plain(value) is JsonArray list
        ? [.. list.OfType<AdditionalMembers>()
            .Where(static item => item.TryGetValue(DefinitionId, out var id) && id is long)
            .Select(static item => ((long)item[DefinitionId]!, item.TryGetValue("value", out var content) ? content : null))]
        : [];

    /// <summary>One custom field in a body.</summary>
    internal static JsonBody Item(long definitionId, object? value) => new() { [DefinitionId] = definitionId, ["value"] = value };

    private static JsonBody[] FieldsLike(ICopperRecord record, IEnumerable<long>? ids)
    {
        var fields = record is ICustomFieldRecord { CustomFields: var list } ? list : [];
        return ids is null
            ? [.. fields.Where(static field => !field.IsEmpty && field.Value is not false && field.DefinitionId is not null)
                .Select(static field => Item(field.DefinitionId!.Value, field.Value))]
            : [.. ids.Select(id => Item(id, fields.Find(field => field.DefinitionId == id)?.Value))];
    }

    /// <summary>pipeline_stage_id is PipelineStageId.</summary>
    internal static string PropertyOf(string member) => string.Concat(member.Split('_')
        .Where(static word => word.Length > 0)
        .Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    private static bool AreFieldsEqual(IReadOnlyList<(long Id, object? Value)> one, IReadOnlyList<(long Id, object? Value)> other) =>
        one.Select(static item => item.Id).Union(other.Select(static item => item.Id)).All(id =>
        {
            var left = one.FirstOrDefault(item => item.Id == id).Value;
            var right = other.FirstOrDefault(item => item.Id == id).Value;
            return IsSameDay(left, right) || Canonical("value", left) == Canonical("value", right);
        });

    /// <summary>
    /// The service keeps a day as midnight in the account's zone and is sent a later hour: what counts is the day that both are.
    /// </summary>
    private static bool IsSameDay(object? one, object? other) =>
        DayOf(one) is { } left && DayOf(other) is { } right && left == right;

    /// <summary>The day since 1970; null for what is none. Days before 1970 are sent as text, and come back as numbers.</summary>
    private static double? DayOf(object? value) => value switch
    {
        long seconds when IsQuarter(seconds) => DayOf(seconds),
        string text when DateTime.TryParseExact(
            text, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => (day - Epoch).TotalDays,
        _ => null,
    };

    private static bool IsQuarter(long seconds) => Math.Abs(seconds) >= 1_000_000 && seconds % QuarterOfHour == 0;

    private static double DayOf(long seconds) => Math.Floor((seconds + (SecondsOfDay / 2)) / (double)SecondsOfDay);

    /// <summary>One text for each value, whatever type it has come in.</summary>
    private static string Canonical(string field, object? value) => Plain(value) switch
    {
        JsonArray list when field == "tags" => Joined(
            list.Select(static item => Canonical(item)).Distinct().OrderBy(static text => text, StringComparer.Ordinal)),
        var plain => Canonical(plain),
    };

    private static string Canonical(object? value) => value switch
    {
        null or "" or false => "null",
        string text => text.Replace("\r\n", "\n").Trim() is { Length: > 0 } trimmed ? "'" + trimmed + "'" : "null",
        true => "true",
        long number => number.ToString(CultureInfo.InvariantCulture),
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        JsonArray list => Joined(list.Select(static item => Canonical(item))),
        AdditionalMembers members => members
            .Select(static member => (member.Key, Text: Canonical(member.Value)))
            .Where(static member => member.Text != "null")
            .OrderBy(static member => member.Key, StringComparer.Ordinal)
            .Select(static member => member.Key + ":" + member.Text)
            .ToArray() is { Length: > 0 } parts ? "{" + string.Join(",", parts) + "}" : "null",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
    };

    private static string Joined(IEnumerable<string> items) =>
        items.ToArray() is { Length: > 0 } all ? "[" + string.Join(",", all) + "]" : "null";

    /// <summary>The value as the service would read it.</summary>
    internal static object? Plain(object? value) => value is null or string or bool or long
        ? value
        : JsonBody.Parse(new JsonBody { ["value"] = value }.ToString())["value"];
}
