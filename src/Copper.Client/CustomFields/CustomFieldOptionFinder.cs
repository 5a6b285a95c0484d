using System.Collections;
using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>Finds the choices of a field by label or id.</summary>
internal static class CustomFieldOptionFinder
{
    /// <summary>
    /// The ids of one or several choices, each once. A text may hold several, as a CSV file writes them: <c>Retail; Food</c>.
    /// </summary>
    /// <exception cref="InputRejectedException">The field has no such choice.</exception>
    public static long[] IdsOf(CopperCustomFieldDefinition definition, object? value) =>
        Items(definition, value).Select(item => IdOf(definition, item)).Distinct().ToArray();

    private static long IdOf(CopperCustomFieldDefinition definition, object item)
    {
        if (item is CopperCustomFieldOption option)
        {
            return option.DefinitionId is null || option.DefinitionId == definition.Id
                ? option.Id
                : throw CustomFieldRejections.Wrong(
                    definition,
                    $"has no choice {option.Id}: '{option.Name}' belongs to '{option.DefinitionName}' ({option.DefinitionId}).",
                    item);
        }

        var text = Convert.ToString(item, CultureInfo.InvariantCulture)?.Trim() ?? string.Empty;
        var byId = IdIn(item) is { } id && definition.Options.Exists(choice => choice.Id == id) ? id : (long?)null;
        return item is not string && byId is not null
            ? byId.Value
            : ByLabel(definition, text) ?? byId ?? throw CustomFieldRejections.UnknownOption(definition, item);
    }

    /// <summary>The choice with this label; case counts only where labels differ by nothing else.</summary>
    private static long? ByLabel(CopperCustomFieldDefinition definition, string label)
    {
        var alike = definition.Options
            .Where(option => string.Equals(option.Name?.Trim(), label, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        var same = alike.Length > 1
            ? alike.Where(option => string.Equals(option.Name?.Trim(), label, StringComparison.Ordinal)).ToArray()
            : alike;
        return same.Length == 1 ? same[0].Id
            : alike.Length > 1 ? throw CustomFieldRejections.AmbiguousOption(definition, label, alike.Select(static option => option.Id))
            : null;
    }

    private static IEnumerable<object> Items(CopperCustomFieldDefinition definition, object? value)
    {
        switch (value)
        {
            case null:
                throw CustomFieldRejections.Wrong(
                    definition, $"takes choices, and one of those given is {ErrorWords.Current.Null}.", value);
            case string text when ByLabel(definition, text.Trim()) is null && text.Contains(';'):
                return text.Split(';').Select(static part => part.Trim()).Where(static part => part.Length > 0);
            case IDictionary choice when choice.Contains("Id") && choice["Id"] is { } id:
                return [id];
            case IDictionary:
            case bool:
            case DateTime or DateTimeOffset:
                throw CustomFieldRejections.WrongValue(definition, "labels or ids of its choices", value);
            case IEnumerable list and not string:
                return list.Cast<object?>().SelectMany(item => Items(definition, item));
            case { } item:
                return [item];
        }
    }

    private static long? IdIn(object item) => item switch
    {
        ICopperRecord record => record.Id,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(item, CultureInfo.InvariantCulture),
        decimal number when number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue => (long)number,
        double number when number == Math.Truncate(number) && Math.Abs(number) < 9e15 => (long)number,
        string text when long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) => id,
        _ => null,
    };
}
