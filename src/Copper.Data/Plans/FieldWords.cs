using System.Globalization;
using Copper.Client;
using Copper.Client.Json;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// What the members of a body are called for people: the words of the columns, Phone for phone_numbers, and values as one reads them.
/// </summary>
internal static class FieldWords
{
    private const string Address = "address";
    private static readonly string[] AddressParts = ["street", "city", "state", "postal_code", "country"];

    /// <summary>The members in which the value of a list stands, such as that of phone numbers.</summary>
    private static readonly string[] PointMembers = ["email", "number", "url"];

    /// <summary>The word for a member: Phone for phone_numbers. One without a column is spelled as a property.</summary>
    public static string LabelOf(string entity, string field) => field switch
    {
        Address => "Address",
        RecordFields.CustomFields => "custom fields",
        "related_resource" => "RelatedTo",
        "parent" => "RelatedTo",
        "primary_contact_id" => "PrimaryContact",
        _ => ColumnOf(entity, field)?.Name ?? Pascal(field),
    };

    /// <summary>
    /// An id of a list, a time, an address or a list as people read it; null for a value of any other kind, or where nobody knows the name.
    /// </summary>
    public static string? TextOf(string entity, string field, object? value, ChangeNames names)
    {
        var plain = RecordFields.Plain(value);
        var text = plain switch
        {
            AdditionalMembers address when field == Address => string.Join(
                ", ", AddressParts.Select(part => PartOf(address, part)).Where(static part => part.Length > 0)),
            JsonArray or AdditionalMembers => Shown(value, null, names),
            long when ColumnOf(entity, field) is { } column => Shown(plain, column, names),
            long seconds when field.EndsWith("_at", StringComparison.Ordinal) && seconds is > 0 and < uint.MaxValue =>
                CellText.Of(DateTimeOffset.FromUnixTimeSeconds(seconds).ToLocalTime()),
            _ => null,
        };
        return text == RecordFields.Shown(plain) ? null : text;
    }

    /// <summary>What changed from one body to another: each part of an address and each custom field on its own.</summary>
    /// <param name="entity">The entity, in the API's singular word.</param>
    /// <param name="before">The values before; null for none.</param>
    /// <param name="after">The values afterwards; null for none.</param>
    /// <param name="names">The names that stand in place of ids; null where nobody knows them.</param>
    public static PlanChangeList Changes(string entity, JsonBody? before, JsonBody? after, ChangeNames? names = null)
    {
        var fields = (after?.Names ?? []).Concat(before?.Names ?? []).Distinct().ToArray();
        return new PlanChangeList(fields.SelectMany(field =>
        {
            var (from, to) = (ValueOf(before, field), ValueOf(after, field));
            return field switch
            {
                RecordFields.CustomFields => OfCustomFields(from, to, names),
                Address => OfAddress(from, to),
                _ => [OfField(entity, field, from, to, names)],
            };
        }));
    }

    private static PlanChange OfField(string entity, string field, object? from, object? to, ChangeNames? names)
    {
        var column = ColumnOf(entity, field);
        var (one, other) = (Text(from), Text(to));
        return one == other && one.Length > 0 && PointsOf(from) is not null
            ? new PlanChange(LabelOf(entity, field), WithCategories(from), WithCategories(to))
            : new PlanChange(LabelOf(entity, field), one, other);

        string Text(object? value)
        {
            var shown = Shown(value, column, names);
            return ReferenceFields.TargetOf(field, RecordFields.Plain(value)) is not { } target ? shown
                : names?.OfRecord(target) is not { Length: > 0 } name ? shown
                : field.EndsWith("_id", StringComparison.Ordinal) ? name
                : $"{shown} ({name})";
        }
    }

    private static IEnumerable<PlanChange> OfCustomFields(object? from, object? to, ChangeNames? names)
    {
        var (before, after) = (RecordFields.Items(from), RecordFields.Items(to));
        foreach (var id in after.Concat(before).Select(static item => item.Id).Distinct())
        {
            var (one, other) = (ShownIn(before, id, names), ShownIn(after, id, names));
            if (one != other)
            {
                yield return new PlanChange(names?.OfField(id) ?? FormattableString.Invariant($"custom field {id}"), one, other);
            }
        }
    }

    private static string ShownIn(IReadOnlyList<(long Id, object? Value)> items, long id, ChangeNames? names)
    {
        var value = items.FirstOrDefault(item => item.Id == id).Value;
        return names?.OfValue(id, RecordFields.Plain(value)) ?? RecordFields.Shown(value);
    }

    private static IEnumerable<PlanChange> OfAddress(object? from, object? to)
    {
        var (before, after) = (RecordFields.Plain(from) as AdditionalMembers, RecordFields.Plain(to) as AdditionalMembers);
        foreach (var part in AddressParts)
        {
            var (one, other) = (PartOf(before, part), PartOf(after, part));
            if (one != other)
            {
                yield return new PlanChange(Pascal(part), one, other);
            }
        }
    }

    private static string PartOf(AdditionalMembers? address, string part) =>
        address is not null && address.TryGetValue(part, out var value) ? RecordFields.Shown(value) : string.Empty;

    private static object? ValueOf(JsonBody? body, string field) => body is not null && body.Contains(field) ? body[field] : null;

    private static Column? ColumnOf(string entity, string field) =>
        ColumnMap.Of(entity)?.Columns.FirstOrDefault(column => column.Field == field);

    private static string Shown(object? value, Column? column, ChangeNames? names)
    {
        var plain = RecordFields.Plain(value);
        return plain switch
        {
            long seconds when column is { Kind: ColumnKind.Time } && seconds is > 0 and < uint.MaxValue =>
                CellText.Of(DateTimeOffset.FromUnixTimeSeconds(seconds).ToLocalTime()),
            long id when column is not null && names?.OfItem(column, id) is { Length: > 0 } name => name,
            string text when column is { Kind: ColumnKind.Day } && names?.DateFormat is { } form
                && DateTime.TryParseExact(
                    text, form.Replace("MM", "M").Replace("dd", "d"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                CellText.Of(day),
            _ when PointsOf(value) is { } points => string.Join("; ", points.Select(static point => point.Value)),
            AdditionalMembers members when members.TryGetValue("id", out var id) => members.TryGetValue("type", out var type)
                || members.TryGetValue("category", out type) ? $"{type} {RecordFields.Shown(id)}" : RecordFields.Shown(id),
            _ => RecordFields.Shown(plain is JsonArray or AdditionalMembers ? plain : value),
        };
    }

    private static string WithCategories(object? value) =>
        string.Join("; ", (PointsOf(value) ?? []).Select(static point => $"{point.Value} ({point.Category})"));

    /// <summary>The addresses, numbers or links in a list; null when it is none.</summary>
    private static (string Value, string Category)[]? PointsOf(object? value)
    {
        var items = RecordFields.Plain(value) switch
        {
            JsonArray list => list.ToArray(),
            AdditionalMembers one => [one],
            _ => [],
        };
        return items.Length > 0 && items.All(static item => item is AdditionalMembers members && PointMembers.Any(members.ContainsKey))
            ? [.. items.Cast<AdditionalMembers>().Select(static members => (
                RecordFields.Shown(members[PointMembers.First(members.ContainsKey)]),
                members.TryGetValue("category", out var category) ? RecordFields.Shown(category) : string.Empty))]
            : null;
    }

    private static string Pascal(string field) => string.Concat(field.Split('_').Where(static word => word.Length > 0)
        .Select(static word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word.Substring(1)));
}
