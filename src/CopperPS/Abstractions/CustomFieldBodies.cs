using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client.Json;

namespace CopperPS.Abstractions;

/// <summary>Makes of <c>-CustomField @{ id = value }</c> what the service wants, in writes and in searches.</summary>
internal static class CustomFieldBodies
{
    private const string IdMember = "custom_field_definition_id";

    /// <summary>The fields to write: null clears one, a list is a multi-select's whole choice.</summary>
    public static object[] ForWriting(Hashtable fields) =>
        [.. Entries(fields).Select(static field => new JsonBody { [IdMember] = field.Id, ["value"] = WireValues.Raw(field.Value) })];

    /// <summary>
    /// The criteria: option ids, true or false, <c>@{ Min = …; Max = … }</c> for numbers and dates, null for "is empty"
    /// (developer.copper.com/custom-fields/general, search by custom field).
    /// </summary>
    public static object[] ForSearching(Hashtable fields) => [.. Entries(fields).Select(static field => Criterion(field.Id, field.Value))];

    private static JsonBody Criterion(long id, object? value)
    {
        var criterion = new JsonBody { [IdMember] = id };
        switch (value)
        {
            case null:
                criterion["allow_empty"] = true;
                break;
            case bool flag:
                criterion["value"] = flag;
                break;
            case IDictionary range:
                AddRange(criterion, range, id);
                break;
            case IEnumerable list and not string:
                criterion["value"] = WireValues.Raw(list);
                break;
            default:
                criterion["value"] = new[] { WireValues.Raw(value) };
                break;
        }

        return criterion;
    }

    private static void AddRange(JsonBody criterion, IDictionary range, long id)
    {
        foreach (DictionaryEntry bound in range)
        {
            var member = WireValues.KeyOf(bound).ToUpperInvariant() switch
            {
                "MIN" or "MINIMUM" => "minimum_value",
                "MAX" or "MAXIMUM" => "maximum_value",
                _ => throw WireValues.Refuse($"-CustomField {id}: '{bound.Key}' is no bound of a range. Write @{{ Min = ...; Max = ... }}, or one of them.", range),
            };
            criterion[member] = WireValues.Raw(bound.Value);
        }

        if (range.Count == 0)
        {
            throw WireValues.Refuse($"-CustomField {id}: the range is empty. Write @{{ Min = ...; Max = ... }}, or one of them.", range);
        }
    }

    private static IEnumerable<(long Id, object? Value)> Entries(Hashtable fields)
    {
        foreach (DictionaryEntry field in fields)
        {
            var key = WireValues.KeyOf(field);
            yield return long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
                ? (id, field.Value is PSObject wrapped ? wrapped.BaseObject : field.Value)
                : throw WireValues.Refuse($"-CustomField: '{key}' is not the id of a custom field definition.", fields);
        }
    }
}
