using System.Collections;
using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>A value for a custom field as it is written, checked against the field's type (developer.copper.com/custom-fields).</summary>
internal static class CustomFieldWriter
{
    /// <summary>The service cuts longer ones.</summary>
    private const int LongestShortText = 255;

    /// <exception cref="InputRejectedException">The field's type does not take the value.</exception>
    public static object? ValueOf(CopperCustomFieldDefinition definition, object? value)
    {
        if (definition.DataType == CustomFieldTypes.Connect)
        {
            throw CustomFieldRejections.Wrong(
                definition,
                $"holds connections to other records, not a value: {ErrorWords.Current.ChangeConnections}.",
                value);
        }

        var isEmpty = value is null || (value is string text && string.IsNullOrWhiteSpace(text));
        return definition.DataType switch
        {
            CustomFieldTypes.MultiSelect => isEmpty ? Array.Empty<long>() : CustomFieldOptionFinder.IdsOf(definition, value),
            _ when isEmpty => null,
            CustomFieldTypes.Dropdown => Choice(definition, value!),
            CustomFieldTypes.Date => Seconds(CustomFieldScalars.Day(definition, value!)),
            CustomFieldTypes.Checkbox => CustomFieldScalars.Flag(definition, value!),
            CustomFieldTypes.Number or CustomFieldTypes.Percentage or CustomFieldTypes.Currency =>
                CustomFieldScalars.Number(definition, value!),
            CustomFieldTypes.ShortText => ShortText(definition, value!),
            CustomFieldTypes.LongText => Text(definition, value!),
            CustomFieldTypes.Url => Address(definition, value!),

            // A type that the service has added since.
            _ => value,
        };
    }

    private static long Choice(CopperCustomFieldDefinition definition, object value) =>
        CustomFieldOptionFinder.IdsOf(definition, value) is { Length: 1 } one
            ? one[0]
            : throw CustomFieldRejections.WrongValue(definition, "one of its choices", value);

    /// <summary>
    /// In Unix seconds. Days before 1970 have no such number of ten digits; they go out as text, which the
    /// introduction of the API promises to be taken (developer.copper.com/introduction/requests).
    /// </summary>
    private static object Seconds(DateTime day)
    {
        var seconds = CustomFieldScalars.WrittenSecondsOf(day);
        return seconds >= 0 ? seconds : day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);
    }

    private static string ShortText(CopperCustomFieldDefinition definition, object value)
    {
        var text = Text(definition, value);
        return text.Length <= LongestShortText
            ? text
            : throw CustomFieldRejections.Wrong(
                definition, $"takes {LongestShortText} characters, and the text has {text.Length}: Copper would cut it.", value);
    }

    private static string Text(CopperCustomFieldDefinition definition, object value) => value switch
    {
        string text => text,
        char or Guid or Uri or Version or Enum => value.ToString()!,
        bool => throw CustomFieldRejections.WrongValue(definition, "text (write it as you want it to be read, for example 'yes')", value),
        DateTime or DateTimeOffset => throw CustomFieldRejections.WrongValue(
            definition, $"text (write the date as you want it to be read, for example with {ErrorWords.Current.WritesDates})", value),
        IDictionary => throw CustomFieldRejections.WrongValue(definition, "text", value),
        IEnumerable => throw CustomFieldRejections.WrongValue(definition, $"one text ({ErrorWords.Current.JoinsTexts})", value),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw CustomFieldRejections.WrongValue(definition, "text", value),
    };

    private static string Address(CopperCustomFieldDefinition definition, object value)
    {
        var text = Text(definition, value).Trim();

        // An address without a scheme is one too: www.example.com/page.
        var isAddress = !text.Any(char.IsWhiteSpace)
            && (Uri.TryCreate(text, UriKind.Absolute, out var whole)
                || (Uri.TryCreate("http://" + text, UriKind.Absolute, out whole) && text.Contains('.')))
            && (whole.Host.Length > 0 || text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase));
        return isAddress
            ? text
            : throw CustomFieldRejections.WrongValue(definition, "the address of a page, for example https://example.com/page", value);
    }
}
