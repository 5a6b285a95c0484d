using System.Text.Json;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Search;

internal static partial class Filters
{
    private static readonly HashSet<string> CustomFieldKeys =
        ["custom_field_definition_id", "value", "minimum_value", "maximum_value", "allow_empty", "option"];

    /// <summary>
    /// Custom field criteria; a record has to meet all of them.
    /// Source: developer.copper.com/custom-fields/general/search-entity-leads-people-etc-by-custom-field.
    /// </summary>
    public static SearchFilter CustomFields() => new("custom_fields", (json, context) =>
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return context.Fail("custom_fields", "must be an array");
        }

        RecordTest[] tests = [.. json.EnumerateArray().Select(item => CustomFieldTest(item, context)).OfType<RecordTest>()];
        return record => Array.TrueForAll(tests, test => test(record));
    });

    private static RecordTest? CustomFieldTest(JsonElement item, SearchContext context)
    {
        if (item.ValueKind != JsonValueKind.Object
            || !item.TryGetProperty("custom_field_definition_id", out var idJson)
            || !JsonValues.TryGetInteger(idJson, out long id)
            || context.Account.FindCustomField(id) is not { } field
            || !field.HasValuesOn(context.Schema.Type))
        {
            return context.Fail("custom_fields", "custom_field_definition_id is not available on this entity");
        }

        string[] names = [.. item.EnumerateObject().Select(member => member.Name)];
        context.Errors.AddUnrecognized([.. names.Where(name => !CustomFieldKeys.Contains(name))]);
        if (field.DataType is "String" or "Text" or "URL")
        {
            // Asking such a field for empty values alone makes the service fail. Reported by a client author.
            return names.Contains("allow_empty") && names.Length == 2
                ? throw ApiException.InternalError()
                : context.Fail("custom_fields", $"fields of the type {field.DataType} can't be searched");
        }

        // The definition "should" be filterable; rejecting the others is the strict reading.
        if (!field.IsFilterable)
        {
            return context.Fail("custom_fields", $"custom field {id} is not filterable");
        }

        var valueTest = field.DataType switch
        {
            "Dropdown" => OptionTest(item, context, multiple: false),
            "MultiSelect" => OptionTest(item, context, multiple: true),
            "Checkbox" => CheckboxTest(item, context),
            "Date" => BoundsTest(item, context, FilterValues.ReadTimestamp),
            _ => BoundsTest(item, context, FilterValues.ReadNumber),
        };
        int index = context.Schema.IndexOf("custom_fields");
        return valueTest is null
            ? null
            : record => valueTest(((CustomFieldValues)record.Values[index]!).Find(id));
    }

    private static Func<object?, bool>? OptionTest(JsonElement item, SearchContext context, bool multiple)
    {
        bool allowEmpty = item.TryGetProperty("allow_empty", out var allow) && JsonValues.TryGetFlag(allow, out bool flag) && flag;
        var wanted = item.TryGetProperty("value", out var value)
            ? FilterValues.ReadIds(value, "custom_fields", context, id => id > 0) ?? []
            : [];
        string option = multiple && item.TryGetProperty("option", out var word) ? word.ToString() : "ANY";
        if ((!multiple && item.TryGetProperty("option", out _)) || option is not ("ANY" or "ALL" or "NONE"))
        {
            context.Fail("custom_fields", "option must be one of ANY, ALL, NONE and needs a MultiSelect field");
            return null;
        }

        return found =>
        {
            long[] chosen = found switch
            {
                long single => [single],
                long[] several => several,
                _ => [],
            };
            return chosen.Length == 0
                ? allowEmpty || option == "NONE"
                : option switch
                {
                    "ALL" => wanted.All(chosen.Contains),
                    "NONE" => !wanted.Any(chosen.Contains),
                    _ => wanted.Any(chosen.Contains),
                };
        };
    }

    private static Func<object?, bool>? CheckboxTest(JsonElement item, SearchContext context)
    {
        if (!item.TryGetProperty("value", out var value) || !JsonValues.TryGetFlag(value, out bool wanted))
        {
            context.Fail("custom_fields", "value must be true or false");
            return null;
        }

        return found => found is true == wanted;
    }

    private static Func<object?, bool>? BoundsTest(
        JsonElement item, SearchContext context, Func<JsonElement, string, SearchContext, decimal?> read)
    {
        decimal? minimum = item.TryGetProperty("minimum_value", out var low) ? read(low, "custom_fields", context) : null;
        decimal? maximum = item.TryGetProperty("maximum_value", out var high) ? read(high, "custom_fields", context) : null;
        if (item.TryGetProperty("value", out _) || (minimum is null && maximum is null))
        {
            context.Fail("custom_fields", "minimum_value or maximum_value is needed");
            return null;
        }

        return found => found is IConvertible
            && Convert.ToDecimal(found, System.Globalization.CultureInfo.InvariantCulture) is var number
            && number >= (minimum ?? decimal.MinValue)
            && number <= (maximum ?? decimal.MaxValue);
    }
}
