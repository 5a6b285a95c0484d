using Copper.Client.CustomFields;
using Copper.Client.Models;

namespace Copper.Data.Configuration;

/// <summary>A custom field of a configuration. Several may have one name, on different kinds of records.</summary>
public sealed class ConfiguredField
{
    /// <summary>The types that the service creates; fields that connect records are created in the web app.</summary>
    internal static IReadOnlyList<string> Types { get; } =
    [
        CustomFieldTypes.Checkbox, CustomFieldTypes.Connect, CustomFieldTypes.Currency, CustomFieldTypes.Date, CustomFieldTypes.Dropdown,
        CustomFieldTypes.Number, CustomFieldTypes.MultiSelect, CustomFieldTypes.Percentage, CustomFieldTypes.ShortText,
        CustomFieldTypes.LongText, CustomFieldTypes.Url,
    ];

    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The field's key in the web app; null where the service does not show it.</summary>
    public string? Key { get; init; }

    /// <summary>What the field holds, for example Dropdown.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>The entities that have the field, in the API's singular words, sorted.</summary>
    public IReadOnlyList<string> AvailableOn { get; init; } = [];

    /// <summary>Searches and upserts can use the field.</summary>
    public bool IsFilterable { get; init; }

    /// <summary>The currency of a Currency field, for example USD.</summary>
    public string? Currency { get; init; }

    /// <summary>The choices of a Dropdown or MultiSelect field in their order; null for other types.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>For a Connect field, the name of the field at the other end.</summary>
    public string? ConnectedTo { get; init; }

    /// <summary>The field of the account; null for one of a file.</summary>
    internal CopperCustomFieldDefinition? Setting { get; init; }

    internal bool IsConnect => Type == CustomFieldTypes.Connect;

    internal bool HasOptions => Type is CustomFieldTypes.Dropdown or CustomFieldTypes.MultiSelect;

    /// <summary>The name, and on which records the field is, for example <c>Region (company, lead)</c>.</summary>
    public override string ToString() => AvailableOn.Count == 0 ? Name : $"{Name} ({string.Join(", ", AvailableOn)})";
}
