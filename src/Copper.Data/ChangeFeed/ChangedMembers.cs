using System.Globalization;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.ChangeFeed;

/// <summary>
/// In which values two images of a record differ, by the names of its properties. Each custom field is a value of its own. The time of
/// modification is none of them: it always differs.
/// </summary>
internal static class ChangedMembers
{
    private const string Modified = "date_modified";

    /// <summary>The values that differ, before and after.</summary>
    /// <param name="then">The earlier image.</param>
    /// <param name="now">The later one.</param>
    /// <param name="record">The record.</param>
    /// <param name="names">The names that stand in the texts of the values in place of ids.</param>
    public static (CopperChangedValues Before, CopperChangedValues After) Between(
        JsonBody then, JsonBody now, ICopperRecord record, ChangeNames names)
    {
        var (before, after) = (new CopperChangedValues(), new CopperChangedValues());
        foreach (var name in then.Names.Union(now.Names))
        {
            var (one, other) = (then.Contains(name) ? then[name] : null, now.Contains(name) ? now[name] : null);
            if (name == RecordFields.CustomFields)
            {
                AddFields(before, after, one, other, record, names);
            }
            else if (name != Modified && Text(one) != Text(other))
            {
                var entity = record.GetEntityType();
                Add(before, PropertyOf(name), one, one is null ? null : FieldWords.TextOf(entity, name, one, names));
                Add(after, PropertyOf(name), other, other is null ? null : FieldWords.TextOf(entity, name, other, names));
            }
        }

        return (before, after);
    }

    /// <summary>The record was modified, whatever its values are now.</summary>
    public static bool WasModified(JsonBody then, JsonBody now) =>
        Text(then.Contains(Modified) ? then[Modified] : null) != Text(now.Contains(Modified) ? now[Modified] : null);

    /// <summary>All values of an image.</summary>
    public static CopperChangedValues All(JsonBody members, ICopperRecord record, ChangeNames names)
    {
        var all = Between(members, [], record, names).Before;
        all.Remove("Id");
        return all;
    }

    private static void Add(CopperChangedValues values, string name, object? value, string? text)
    {
        values[name] = value;
        if (text is not null)
        {
            values.Texts[name] = text;
        }
    }

    private static void AddFields(
        CopperChangedValues before, CopperChangedValues after, object? one, object? other, ICopperRecord record, ChangeNames names)
    {
        var (left, right) = (RecordFields.Items(one), RecordFields.Items(other));
        foreach (var id in left.Select(static item => item.Id).Union(right.Select(static item => item.Id)))
        {
            var (from, to) = (ValueOf(left, id), ValueOf(right, id));
            if (Text(from) != Text(to))
            {
                var name = NameOf(record, id);
                Add(before, name, from, names.OfValue(id, RecordFields.Plain(from)));
                Add(after, name, to, names.OfValue(id, RecordFields.Plain(to)));
            }
        }
    }

    private static object? ValueOf(IReadOnlyList<(long Id, object? Value)> items, long id) =>
        items.FirstOrDefault(item => item.Id == id).Value is var value and not (null or "" or false or JsonArray { Count: 0 })
            ? value
            : null;

    /// <summary>The name of a custom field where the client knows it; its id otherwise.</summary>
    private static string NameOf(ICopperRecord record, long id) =>
        (record as ICustomFieldRecord)?.CustomFields.Find(field => field.DefinitionId == id)?.Name is { Length: > 0 } name
            ? name
            : "CustomField " + id.ToString(CultureInfo.InvariantCulture);

    /// <summary>assignee_id is AssigneeId.</summary>
    private static string PropertyOf(string member) => string.Concat(member.Split('_')
        .Where(static word => word.Length > 0)
        .Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    private static string Text(object? value) =>
        value is null or JsonArray { Count: 0 } ? "null" : new JsonBody { ["value"] = value }.ToString();
}
