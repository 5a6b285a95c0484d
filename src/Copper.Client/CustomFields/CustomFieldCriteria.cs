using System.Collections;
using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>
/// What a search can ask of a custom field (developer.copper.com/custom-fields/general/search-entity-leads-people-etc-by-custom-field):
/// choices, also "is empty"; ranges of days and numbers; true or false. Text cannot be searched.
/// </summary>
internal static class CustomFieldCriteria
{
    /// <summary>The service rejects later ones (reported by client authors).</summary>
    private const long LatestTimestamp = 2147483648;

    private const long HalfDay = 12 * 60 * 60;

    private static string Range => ErrorWords.Current.Entries(("Min", "..."), ("Max", "..."));

    /// <exception cref="InputRejectedException">The field's type cannot be searched in this way.</exception>
    public static void AddTo(JsonBody criterion, CopperCustomFieldDefinition definition, object? value)
    {
        if (definition.DataType
                is not (CustomFieldTypes.ShortText or CustomFieldTypes.LongText or CustomFieldTypes.Url or CustomFieldTypes.Connect)
            && definition.IsFilterable == false)
        {
            throw CustomFieldRejections.Wrong(
                definition,
                $"is not set up for searches: {ErrorWords.Current.MakeFilterable(definition.Id)}.",
                value);
        }

        switch (definition.DataType)
        {
            case CustomFieldTypes.Dropdown:
                AddChoices(criterion, definition, value);
                break;
            case CustomFieldTypes.MultiSelect when value is IDictionary words && !words.Contains("Id"):
                AddWord(criterion, definition, words);
                break;
            case CustomFieldTypes.MultiSelect:
                AddChoices(criterion, definition, value);
                break;
            case CustomFieldTypes.Checkbox:
                criterion["value"] = value is null
                    ? throw CustomFieldRejections.Wrong(
                        definition,
                        $"is never empty: search for {ErrorWords.Current.Flag(true)} or {ErrorWords.Current.Flag(false)}.",
                        value)
                    : CustomFieldScalars.Flag(definition, value);
                break;
            case CustomFieldTypes.Date:
                AddRange(
                    criterion,
                    definition,
                    value,
                    bound => Timestamp(definition, bound, -HalfDay),
                    bound => Timestamp(definition, bound, HalfDay - 1));
                break;
            case CustomFieldTypes.Number or CustomFieldTypes.Percentage or CustomFieldTypes.Currency:
                AddRange(
                    criterion, definition, value,
                    bound => CustomFieldScalars.Number(definition, bound),
                    bound => CustomFieldScalars.Number(definition, bound));
                break;
            case CustomFieldTypes.Connect:
                throw CustomFieldRejections.Wrong(
                    definition, $"holds connections, which a search cannot look at: {ErrorWords.Current.ReadConnections}.", value);
            case CustomFieldTypes.ShortText or CustomFieldTypes.LongText or CustomFieldTypes.Url:
                throw CustomFieldRejections.Wrong(
                    definition,
                    $"holds text, which Copper cannot search. {ErrorWords.Current.FilterRecords(definition.Name)}",
                    value);
            default:
                criterion["value"] = value;
                break;
        }
    }

    private static string Entry(string name) => ErrorWords.Current.Entries((name, "..."));

    /// <summary>Any of the choices; null among them is "or is empty".</summary>
    private static void AddChoices(JsonBody criterion, CopperCustomFieldDefinition definition, object? value)
    {
        var given = value is IEnumerable list and not string and not IDictionary ? list.Cast<object?>().ToArray() : [value];
        var wanted = given.OfType<object>().Where(static item => item is not string text || text.Trim().Length > 0).ToArray();
        if (wanted.Length > 0)
        {
            criterion["value"] = CustomFieldOptionFinder.IdsOf(definition, wanted);
        }

        if (given.Length == 0 || wanted.Length < given.Length)
        {
            criterion["allow_empty"] = true;
        }
    }

    /// <summary>Any, all or none of the choices. The vendor shows ANY; the other two words are as its table names them.</summary>
    private static void AddWord(JsonBody criterion, CopperCustomFieldDefinition definition, IDictionary words)
    {
        var entries = Entries(words).ToArray();
        var word = entries.Length == 1 ? KeyOf(entries[0]).ToUpperInvariant() : null;
        if (word is not ("ANY" or "ALL" or "NONE"))
        {
            throw CustomFieldRejections.Wrong(
                definition, $"takes labels, or one of {Entry("Any")}, {Entry("All")} and {Entry("None")}.", words);
        }

        criterion["value"] = CustomFieldOptionFinder.IdsOf(definition, entries[0].Value);
        criterion["option"] = word;
    }

    private static void AddRange(
        JsonBody criterion,
        CopperCustomFieldDefinition definition,
        object? value,
        Func<object, object> minimum,
        Func<object, object> maximum)
    {
        switch (value)
        {
            case null or "":
                throw CustomFieldRejections.Wrong(
                    definition,
                    $"cannot be searched for being empty: Copper offers that for choices only. {ErrorWords.Current.FilterRecords(null)}",
                    value);
            case IDictionary range:
                AddBounds(criterion, definition, range, minimum, maximum);
                break;
            case IEnumerable and not string:
                throw CustomFieldRejections.WrongValue(definition, $"one value, or a range: {Range}", value);
            default:
                criterion["minimum_value"] = minimum(value);
                criterion["maximum_value"] = maximum(value);
                break;
        }
    }

    private static void AddBounds(
        JsonBody criterion,
        CopperCustomFieldDefinition definition,
        IDictionary range,
        Func<object, object> minimum,
        Func<object, object> maximum)
    {
        foreach (var bound in Entries(range))
        {
            var (member, read) = KeyOf(bound).ToUpperInvariant() switch
            {
                "MIN" or "MINIMUM" => ("minimum_value", minimum),
                "MAX" or "MAXIMUM" => ("maximum_value", maximum),
                _ => throw CustomFieldRejections.Wrong(
                    definition, $"takes the bounds Min and Max, not '{bound.Key}': {Range}, or one of them.", range),
            };
            criterion[member] = bound.Value is { } given and not ""
                ? read(given)
                : throw CustomFieldRejections.Wrong(
                    definition, $"was given a range whose {bound.Key} is empty: leave it out.", range);
        }

        if (range.Count == 0)
        {
            throw CustomFieldRejections.Wrong(
                definition, $"was given an empty range. Write {Range}, or one of them.", range);
        }

        if (criterion.Contains("minimum_value") && criterion.Contains("maximum_value")
            && Number(criterion["minimum_value"]) > Number(criterion["maximum_value"]))
        {
            throw CustomFieldRejections.Wrong(definition, "was given a range whose Min is above its Max.", range);
        }
    }

    private static long Timestamp(CopperCustomFieldDefinition definition, object bound, long secondOfDay)
    {
        var midnight = CustomFieldScalars.SecondsOf(CustomFieldScalars.Day(definition, bound));
        var seconds = midnight == 0 ? Math.Max(0, secondOfDay) : midnight + secondOfDay;
        return seconds is >= 0 and <= LatestTimestamp
            ? seconds
            : throw CustomFieldRejections.Wrong(
                definition, "can be searched for days from 1970 to January 2038 only, since the service takes no others.", bound);
    }

    private static double Number(object? bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);

    private static string KeyOf(DictionaryEntry entry) => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>The entries of any dictionary. Enumerated as a list, a generic one gives pairs of a type of its own instead.</summary>
    private static IEnumerable<DictionaryEntry> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return entry;
        }
    }
}
