using System.ComponentModel;
using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>What can be wrong with a custom field or its value. Each states what would be right; nothing was sent.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CustomFieldRejections
{
    /// <summary>No field of the entity has this name or id.</summary>
    public static InputRejectedException UnknownField(object? key, string entity, CustomFieldCatalog catalog)
    {
        var text = Text(key);
        var plural = CopperEntities.GetPrimary(entity).Plural;
        var elsewhere = catalog.Named(text).Concat(long.TryParse(text, out var id) && catalog.Find(id) is { } byId ? [byId] : []).ToArray();
        var message = elsewhere.Length > 0
            ? $"Custom field '{elsewhere[0].Name}' ({string.Join(", ", elsewhere.Select(static definition => definition.Id))}) "
                + $"is not available on {plural}; it is on: "
                + $"{string.Join("; ", elsewhere.Select(static definition => definition.AvailableOn.ToString()))}. "
            : $"There is no custom field '{text}' on {plural}. ";
        return Reject(
            message + NameSuggestions.Of(
                text,
                catalog.Of(entity).Select(static definition => definition.Name)
                    .OrderBy(static name => name, StringComparer.CurrentCultureIgnoreCase),
                "They have none."),
            InputRejection.UnknownName,
            key,
            entity: entity);
    }

    /// <summary>Several fields of the entity have this name.</summary>
    public static InputRejectedException AmbiguousField(object? key, string entity, IEnumerable<CopperCustomFieldDefinition> found)
    {
        var fields = string.Join(", ", found.Select(static definition => $"{definition.Id} ({definition.DataType})"));
        return Reject(
            $"Several custom fields of {CopperEntities.GetPrimary(entity).Plural} are called '{Text(key)}': {fields}. Give the id.",
            InputRejection.AmbiguousName,
            key);
    }

    /// <summary>The field has no such choice.</summary>
    public static InputRejectedException UnknownOption(CopperCustomFieldDefinition definition, object? choice) => Reject(
        $"{Subject(definition)} has no choice '{Text(choice)}'. "
            + NameSuggestions.Of(
                Text(choice),
                definition.Options.OrderBy(static option => option.Rank ?? long.MaxValue).Select(static option => option.Name),
                "It has none at all."),
        InputRejection.UnknownName,
        choice,
        definition: definition);

    /// <summary>Several choices of the field have this label.</summary>
    public static InputRejectedException AmbiguousOption(
        CopperCustomFieldDefinition definition, object? choice, IEnumerable<long> ids) =>
        Reject(
            $"Several choices of {Subject(definition)} are called '{Text(choice)}': {string.Join(", ", ids)}. Give the id."
                .Replace("of Custom", "of custom"),
            InputRejection.AmbiguousName,
            choice);

    /// <summary>The value is of a kind that the field does not take.</summary>
    public static InputRejectedException WrongValue(CopperCustomFieldDefinition definition, string takes, object? value) =>
        Wrong(definition, $"takes {takes}, not {Describe(value)}.", value);

    /// <summary>Whatever else is wrong: the message goes on after the field's name.</summary>
    public static InputRejectedException Wrong(CopperCustomFieldDefinition definition, string message, object? value) =>
        Reject($"{Subject(definition)} {message}", InputRejection.InvalidCustomField, value);

    /// <summary>The field in a sentence.</summary>
    public static string Subject(CopperCustomFieldDefinition definition) => $"Custom field '{definition.Name}' ({definition.DataType})";

    private static string Describe(object? value) => value switch
    {
        null => ErrorWords.Current.Null,
        string text => $"'{(text.Length > 60 ? text.Substring(0, 59) + "…" : text)}'",
        bool flag => ErrorWords.Current.Flag(flag),
        System.Collections.IDictionary => ErrorWords.Current.Dictionary,
        System.Collections.IEnumerable => "a list",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"a {value.GetType().Name}",
    };

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? string.Empty;

    private static InputRejectedException Reject(
        string message, InputRejection reason, object? value, string? entity = null, CopperCustomFieldDefinition? definition = null) =>
        new(reason, message, value) { FieldEntity = entity, FieldId = definition?.Id };
}
