using System.Collections;
using System.Globalization;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding.CustomFields;

/// <summary>Finds the choices of a field by label or id.</summary>
internal static class CustomFieldOptions
{
    /// <summary>The ids of one or several choices, each once. A text may hold several, as a CSV file writes them: <c>Retail; Food</c>.</summary>
    /// <exception cref="InputRejectedException">The field has no such choice.</exception>
    public static long[] IdsOf(CopperCustomFieldDefinition definition, object? value) =>
        Items(definition, value).Select(item => IdOf(definition, item)).Distinct().ToArray();

    private static long IdOf(CopperCustomFieldDefinition definition, object item)
    {
        if (item is CopperCustomFieldOption option)
        {
            return option.DefinitionId is null || option.DefinitionId == definition.Id
                ? option.Id
                : throw CustomFieldErrors.Wrong(definition, $"has no choice {option.Id}: '{option.Name}' belongs to '{option.DefinitionName}' ({option.DefinitionId}).", item);
        }

        var text = Convert.ToString(item, CultureInfo.InvariantCulture)?.Trim() ?? string.Empty;
        var byId = CopperReference.From(item).Id is { } id && definition.Options.Exists(choice => choice.Id == id) ? id : (long?)null;
        return item is not string && byId is not null ? byId.Value : ByLabel(definition, text) ?? byId ?? throw CustomFieldErrors.UnknownOption(definition, item);
    }

    /// <summary>The choice with this label; case counts only where labels differ by nothing else.</summary>
    private static long? ByLabel(CopperCustomFieldDefinition definition, string label)
    {
        var alike = definition.Options.Where(option => string.Equals(option.Name?.Trim(), label, StringComparison.OrdinalIgnoreCase)).ToArray();
        var same = alike.Length > 1 ? alike.Where(option => string.Equals(option.Name?.Trim(), label, StringComparison.Ordinal)).ToArray() : alike;
        return same.Length == 1 ? same[0].Id
            : alike.Length > 1 ? throw CustomFieldErrors.AmbiguousOption(definition, label, alike.Select(static option => option.Id))
            : null;
    }

    private static IEnumerable<object> Items(CopperCustomFieldDefinition definition, object? value)
    {
        switch (CustomFieldValues.Bare(value))
        {
            case null:
                throw CustomFieldErrors.Wrong(definition, "takes choices, and one of those given is $null.", value);
            case string text when ByLabel(definition, text.Trim()) is null && text.Contains(';'):
                return text.Split(';').Select(static part => part.Trim()).Where(static part => part.Length > 0);
            case IDictionary:
            case bool:
            case DateTime or DateTimeOffset:
                throw CustomFieldErrors.WrongValue(definition, "labels or ids of its choices", value);
            case IEnumerable list and not string:
                return list.Cast<object?>().SelectMany(item => Items(definition, item));
            case { } item:
                return [item];
        }
    }
}
