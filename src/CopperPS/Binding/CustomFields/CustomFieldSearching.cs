using System.Collections;
using System.Management.Automation;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding.CustomFields;

/// <summary>
/// What a search can ask of a custom field (developer.copper.com/custom-fields/general/search-entity-leads-people-etc-by-custom-field):
/// choices, also "is empty"; ranges of days and numbers; true or false. Text cannot be searched.
/// </summary>
internal static class CustomFieldSearching
{
    /// <summary>The service refuses later ones (reported by client authors).</summary>
    private const long LatestTimestamp = 2147483648;

    private const long HalfDay = 12 * 60 * 60;

    /// <exception cref="InputRejectedException">The field's type cannot be searched in this way.</exception>
    public static void AddTo(JsonBody criterion, CopperCustomFieldDefinition definition, object? value)
    {
        var bare = CustomFieldValues.Bare(value);
        if (definition.DataType is not (CustomFieldTypes.ShortText or CustomFieldTypes.LongText or CustomFieldTypes.Url or CustomFieldTypes.Connect) && definition.IsFilterable == false)
        {
            throw CustomFieldErrors.Wrong(definition, $"is not set up for searches: Set-CopperCustomFieldDefinition {definition.Id} -Filterable changes that, or filter the output with Where-Object.", value);
        }

        switch (definition.DataType)
        {
            case CustomFieldTypes.Dropdown:
                AddChoices(criterion, definition, bare);
                break;
            case CustomFieldTypes.MultiSelect when bare is IDictionary words:
                AddWord(criterion, definition, words);
                break;
            case CustomFieldTypes.MultiSelect:
                AddChoices(criterion, definition, bare);
                break;
            case CustomFieldTypes.Checkbox:
                criterion["value"] = bare is null
                    ? throw CustomFieldErrors.Wrong(definition, "is never empty: search for $true or $false.", value)
                    : CustomFieldValues.Flag(definition, bare);
                break;
            case CustomFieldTypes.Date:
                AddRange(
                    criterion,
                    definition,
                    bare,
                    bound => Timestamp(definition, bound, -HalfDay),
                    bound => Timestamp(definition, bound, HalfDay - 1));
                break;
            case CustomFieldTypes.Number or CustomFieldTypes.Percentage or CustomFieldTypes.Currency:
                AddRange(criterion, definition, bare, bound => CustomFieldValues.Number(definition, bound), bound => CustomFieldValues.Number(definition, bound));
                break;
            case CustomFieldTypes.Connect:
                throw CustomFieldErrors.Wrong(definition, "holds connections, which a search cannot look at: Get-CopperConnection reads those of a record.", value);
            case CustomFieldTypes.ShortText or CustomFieldTypes.LongText or CustomFieldTypes.Url:
                throw CustomFieldErrors.Wrong(definition, $"holds text, which Copper cannot search. Filter the output: Where-Object {{ $_.CustomFields['{definition.Name?.Replace("'", "''")}'] -eq '...' }}.", value);
            default:
                criterion["value"] = RequestValueConverter.Raw(bare);
                break;
        }
    }

    /// <summary>Any of the choices; null among them is "or is empty".</summary>
    private static void AddChoices(JsonBody criterion, CopperCustomFieldDefinition definition, object? value)
    {
        var given = value is IEnumerable list and not string and not IDictionary ? list.Cast<object?>().Select(CustomFieldValues.Bare).ToArray() : [value];
        var wanted = given.OfType<object>().Where(static item => item is not string text || text.Trim().Length > 0).ToArray();
        if (wanted.Length > 0)
        {
            criterion["value"] = CustomFieldOptions.IdsOf(definition, wanted);
        }

        if (given.Length == 0 || wanted.Length < given.Length)
        {
            criterion["allow_empty"] = true;
        }
    }

    /// <summary>Any, all or none of the choices. The vendor shows ANY; the other two words are as its table names them.</summary>
    private static void AddWord(JsonBody criterion, CopperCustomFieldDefinition definition, IDictionary words)
    {
        var entries = DictionaryEntries.Of(words).ToArray();
        var word = entries.Length == 1 ? RequestValueConverter.KeyOf(entries[0]).ToUpperInvariant() : null;
        if (word is not ("ANY" or "ALL" or "NONE"))
        {
            throw CustomFieldErrors.Wrong(definition, "takes labels, or one of @{ Any = ... }, @{ All = ... } and @{ None = ... }.", words);
        }

        criterion["value"] = CustomFieldOptions.IdsOf(definition, entries[0].Value);
        criterion["option"] = word;
    }

    private static void AddRange(JsonBody criterion, CopperCustomFieldDefinition definition, object? value, Func<object, object> minimum, Func<object, object> maximum)
    {
        switch (value)
        {
            case null or "":
                throw CustomFieldErrors.Wrong(definition, "cannot be searched for being empty: Copper offers that for choices only. Filter the output with Where-Object.", value);
            case IDictionary range:
                AddBounds(criterion, definition, range, minimum, maximum);
                break;
            case IEnumerable and not string:
                throw CustomFieldErrors.WrongValue(definition, "one value, or a range: @{ Min = ...; Max = ... }", value);
            default:
                criterion["minimum_value"] = minimum(value);
                criterion["maximum_value"] = maximum(value);
                break;
        }
    }

    private static void AddBounds(JsonBody criterion, CopperCustomFieldDefinition definition, IDictionary range, Func<object, object> minimum, Func<object, object> maximum)
    {
        foreach (var bound in DictionaryEntries.Of(range))
        {
            var (member, read) = RequestValueConverter.KeyOf(bound).ToUpperInvariant() switch
            {
                "MIN" or "MINIMUM" => ("minimum_value", minimum),
                "MAX" or "MAXIMUM" => ("maximum_value", maximum),
                _ => throw CustomFieldErrors.Wrong(definition, $"takes the bounds Min and Max, not '{bound.Key}': @{{ Min = ...; Max = ... }}, or one of them.", range),
            };
            criterion[member] = CustomFieldValues.Bare(bound.Value) is { } given and not "" ? read(given) : throw CustomFieldErrors.Wrong(definition, $"was given a range whose {bound.Key} is empty: leave it out.", range);
        }

        if (range.Count == 0)
        {
            throw CustomFieldErrors.Wrong(definition, "was given an empty range. Write @{ Min = ...; Max = ... }, or one of them.", range);
        }

        if (criterion.Contains("minimum_value") && criterion.Contains("maximum_value")
            && LanguagePrimitives.Compare(criterion["minimum_value"], criterion["maximum_value"]) > 0)
        {
            throw CustomFieldErrors.Wrong(definition, "was given a range whose Min is above its Max.", range);
        }
    }

    private static long Timestamp(CopperCustomFieldDefinition definition, object bound, long secondOfDay)
    {
        var midnight = CustomFieldValues.SecondsOf(CustomFieldValues.Day(definition, bound));
        var seconds = midnight == 0 ? Math.Max(0, secondOfDay) : midnight + secondOfDay;
        return seconds is >= 0 and <= LatestTimestamp
            ? seconds
            : throw CustomFieldErrors.Wrong(definition, "can be searched for days from 1970 to January 2038 only, since the service takes no others.", bound);
    }
}
