using System.Globalization;
using System.Text.Json;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>In which members two records as they came differ, and how that is shown.</summary>
internal static class RecordDifference
{
    /// <summary>Records as deep as the service sends them.</summary>
    public static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1000 };

    /// <summary>What the service sets by itself, or follows from another member.</summary>
    private static readonly HashSet<string> Computed = new(StringComparer.Ordinal)
    {
        "date_created", "date_modified", "date_last_contacted", "date_stage_changed", "date_lead_created", "completed_date",
        "interaction_count", "leads_converted_from", "converted_unit", "converted_value", "monetary_unit",
        "prefix", "first_name", "middle_name", "last_name", "suffix",
    };

    private static readonly Dictionary<string, string> NamesOfIds = new(StringComparer.Ordinal)
    {
        ["pipeline_stage_id"] = "Stage",
    };

    /// <summary>The service sets the member by itself.</summary>
    public static bool IsComputed(CopperEntity entity, string member) => Computed.Contains(member)
        || (member == "company_name" && entity != CopperEntities.Lead)
        || (member == "status" && entity == CopperEntities.Lead);

    /// <summary>The members that differ.</summary>
    public static IEnumerable<string> Members(JsonElement one, JsonElement other)
    {
        var names = one.EnumerateObject().Concat(other.EnumerateObject()).Select(static member => member.Name).Distinct();
        return names.Where(name => !AreEqual(Member(one, name), Member(other, name)));
    }

    /// <summary>
    /// What changed in a member, with names where the record has them, or the snapshots know them. Each custom field is a property of its
    /// own.
    /// </summary>
    public static IEnumerable<PlanChange> Describe(
        string member, (ICopperRecord Record, JsonElement Json, SnapshotNames Names) earlier,
        (ICopperRecord Record, JsonElement Json, SnapshotNames Names) later)
    {
        var (before, one, names) = earlier;
        var (after, other, otherNames) = later;
        if (member == RecordFields.CustomFields && before is ICustomFieldRecord left && after is ICustomFieldRecord right)
        {
            return DescribeFields(left.CustomFields, right.CustomFields);
        }

        if (NameOfRecord(member, before, names) is var former && NameOfRecord(member, after, otherNames) is var current
            && (former ?? current) is not null && former != current)
        {
            // One of the records may not be in the snapshot: its id says more than nothing.
            return [new PlanChange(
                WithoutId(member), former ?? Text(Member(one, member)), current ?? Text(Member(other, member)))];
        }

        var shown = PropertyOf(member, after);
        var (name, text) = shown is { } property
            ? (property.Name, (Func<ICopperRecord, string?>)(record => property.GetValue(record) is { } value ? Shown(value) : null))
            : (Pascal(member), null);
        var from = text?.Invoke(before) ?? Text(Member(one, member));
        var to = text?.Invoke(after) ?? Text(Member(other, member));

        // Two items of one name are told apart by their ids.
        return [from == to ? new PlanChange(Pascal(member), Text(Member(one, member)), Text(Member(other, member)))
            : new PlanChange(name, from, to)];
    }

    /// <summary>The name of the record that a member points to; null when it points to none, or the snapshot does not have it.</summary>
    private static string? NameOfRecord(string member, ICopperRecord record, SnapshotNames names)
    {
        if (record.GetType().GetProperty(Pascal(member))?.GetValue(record) is CopperRelatedResource { Type: { Length: > 0 } type } related)
        {
            return names.NameOf(type, related.Id) is { } known ? FormattableString.Invariant($"{type} {related.Id} ({known})") : null;
        }

        var target = ColumnMap.Of(record.GetEntityType())?.Columns
            .FirstOrDefault(column => column.Field == member && column.Target is not null);
        return target is not null && record.GetType().GetProperty(Pascal(member))?.GetValue(record) is long id
            ? names.NameOf(target.Target!, id)
            : null;
    }

    /// <summary>The name of a member that points to a record: Company for company_id.</summary>
    private static string WithoutId(string member) =>
        member.EndsWith("_id", StringComparison.Ordinal) ? Pascal(member.Substring(0, member.Length - 3)) : Pascal(member);

    /// <summary>A value with which a record is created.</summary>
    /// <param name="member">The member.</param>
    /// <param name="record">The record as the snapshot has it.</param>
    /// <param name="value">The value that is sent.</param>
    /// <param name="names">The names of the snapshot, since a record that comes back has no id yet; null for none.</param>
    public static PlanChange Created(string member, ICopperRecord record, object? value, SnapshotNames? names = null)
    {
        if (names is not null && NameOfRecord(member, record, names) is { } target)
        {
            return new PlanChange(WithoutId(member), null, target);
        }

        if (member == RecordFields.CustomFields && record is ICustomFieldRecord { CustomFields: var fields })
        {
            return new PlanChange("CustomFields", null, fields.ToString());
        }

        return PropertyOf(member, record) is { } property && property.GetValue(record) is { } shown
            ? new PlanChange(property.Name, null, Shown(shown))
            : new PlanChange(Pascal(member), null, RecordFields.Shown(value));
    }

    /// <summary>The values that a record gets back.</summary>
    /// <param name="member">The member.</param>
    /// <param name="present">The record as the account has it.</param>
    /// <param name="kept">As the snapshot has it.</param>
    /// <param name="before">The value that the account has.</param>
    /// <param name="after">The value that is sent.</param>
    /// <param name="names">The names of the snapshot.</param>
    /// <param name="isSame">The snapshot is of this account, so that it knows the names of what the account has too.</param>
    public static IEnumerable<PlanChange> Restored(
        string member, ICopperRecord present, ICopperRecord kept, object? before, object? after, SnapshotNames names, bool isSame)
    {
        var former = isSame ? NameOfRecord(member, present, names) : null;
        var wanted = NameOfRecord(member, kept, names);
        if ((former ?? wanted) is not null && former != wanted)
        {
            return [new PlanChange(WithoutId(member), former ?? RecordFields.Shown(before), wanted ?? RecordFields.Shown(after))];
        }

        if (member == RecordFields.CustomFields && present is ICustomFieldRecord left && kept is ICustomFieldRecord right)
        {
            return DescribeFields(left.CustomFields, right.CustomFields);
        }

        var property = PropertyOf(member, kept);
        var from = property?.GetValue(present) is { } one ? Shown(one) : null;
        var to = property?.GetValue(kept) is { } other ? Shown(other) : null;
        return [from == to ? new PlanChange(Pascal(member), RecordFields.Shown(before), RecordFields.Shown(after))
            : new PlanChange(property!.Name, from, to)];
    }

    private static IEnumerable<PlanChange> DescribeFields(CopperCustomFieldList before, CopperCustomFieldList after)
    {
        foreach (var id in before.Concat(after).Select(static field => field.DefinitionId).OfType<long>().Distinct())
        {
            var one = before.Find(field => field.DefinitionId == id);
            var other = after.Find(field => field.DefinitionId == id);
            var from = ValueOf(one);
            var to = ValueOf(other);
            if (from != to)
            {
                yield return new PlanChange(other?.Name ?? one?.Name ?? id.ToString(CultureInfo.InvariantCulture), from, to);
            }
        }
    }

    private static string? ValueOf(CopperCustomFieldValue? field) => field is null || field.IsEmpty || field.Value is false
        ? null
        : field.DisplayValue is DateTime day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Shown(field.DisplayValue!);

    /// <summary>The property that shows the name behind an id: Assignee for assignee_id.</summary>
    private static System.Reflection.PropertyInfo? PropertyOf(string member, ICopperRecord record)
    {
        var name = NamesOfIds.TryGetValue(member, out var known) ? known
            : member.EndsWith("_id", StringComparison.Ordinal) ? Pascal(member.Substring(0, member.Length - 3))
            : Pascal(member);
        return record.GetType().GetProperty(name) ?? record.GetType().GetProperty(Pascal(member));
    }

    /// <summary>The name of the property that shows a member: AssigneeId for assignee_id.</summary>
    public static string Pascal(string member) => string.Concat(member.Split('_').Where(static word => word.Length > 0)
        .Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    private static string Shown(object value) => value switch
    {
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => RecordFields.Shown(value),
    };

    private static string? Text(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } item when IsEmpty(item) => null,
        { ValueKind: JsonValueKind.Object } item when Member(item, "type") is { ValueKind: JsonValueKind.String } type
            && Member(item, "id") is { ValueKind: JsonValueKind.Number } id => $"{type.GetString()} {id.GetRawText()}",
        { } other => other.GetRawText(),
    };

    private static JsonElement? Member(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : null;

    /// <summary>
    /// The values say the same: a member that is missing, or an empty text, says what null says, numbers count by their value, and custom
    /// fields by their
    /// definition.
    /// </summary>
    private static bool AreEqual(JsonElement? one, JsonElement? other)
    {
        if (IsNothing(one) || IsNothing(other))
        {
            return IsNothing(one) && IsNothing(other);
        }

        var (left, right) = (one!.Value, other!.Value);
        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        switch (left.ValueKind)
        {
            case JsonValueKind.Number:
                return left.TryGetDecimal(out var number) && right.TryGetDecimal(out var second)
                    ? number == second
                    : left.GetRawText() == right.GetRawText();
            case JsonValueKind.String:
                return left.GetString() == right.GetString();
            case JsonValueKind.Object:
                return !Members(left, right).Any();
            case JsonValueKind.Array when IsFieldList(left) || IsFieldList(right):
                var fields = FieldsOf(left);
                var others = FieldsOf(right);
                return fields.Keys.Union(others.Keys).All(id =>
                    AreEqual(fields.TryGetValue(id, out var a) ? a : null, others.TryGetValue(id, out var b) ? b : null));
            case JsonValueKind.Array:
                return left.GetArrayLength() == right.GetArrayLength()
                    && left.EnumerateArray().Zip(right.EnumerateArray(), static (a, b) => AreEqual(a, b)).All(static same => same);
            default:
                return true;
        }
    }

    private static bool IsNothing(JsonElement? value) => value is null or { ValueKind: JsonValueKind.Null }
        || (value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
        || (value is { ValueKind: JsonValueKind.String } text && text.ValueEquals(string.Empty))
        || (value is { ValueKind: JsonValueKind.Object } item && IsEmpty(item));

    /// <summary>The service writes a pointer to nothing as <c>{"id":null,"type":null}</c>.</summary>
    private static bool IsEmpty(JsonElement item) =>
        item.EnumerateObject().All(static member => member.Value.ValueKind == JsonValueKind.Null);

    private static bool IsFieldList(JsonElement list) => list.GetArrayLength() > 0
        && list[0].ValueKind == JsonValueKind.Object && list[0].TryGetProperty("custom_field_definition_id", out _);

    private static Dictionary<string, JsonElement?> FieldsOf(JsonElement list)
    {
        var fields = new Dictionary<string, JsonElement?>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            if (Member(item, "custom_field_definition_id") is { } id)
            {
                // A field that was created since, and that is empty, changes nothing; false is an unchecked box.
                var value = Member(item, "value");
                fields[id.GetRawText()] = value is { ValueKind: JsonValueKind.False } ? null : value;
            }
        }

        return fields;
    }
}
