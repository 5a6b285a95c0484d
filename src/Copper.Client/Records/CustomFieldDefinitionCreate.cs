using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new custom field.</summary>
/// <example><code>
/// await client.CustomFieldDefinitions.CreateAsync(new CustomFieldDefinitionCreate
/// {
///     Name = "Tier", DataType = CustomFieldTypes.Dropdown, AvailableOn = ["person"], Options = ["Gold", "Silver"],
/// })
/// </code></example>
public sealed class CustomFieldDefinitionCreate : CustomFieldDefinitionFields, INewRecord<CopperCustomFieldDefinition>
{
    private IReadOnlyList<string>? _options;

    /// <summary>The field's key in the web app: unique, and kept in lower case.</summary>
    public string? CanonicalName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The names of the choices of a Dropdown or MultiSelect field, all of them, in order.</summary>
    public IReadOnlyList<string>? Options
    {
        get => _options;
        set => Set((_options = value)?.Select(static option => new JsonBody { ["name"] = option?.Trim() }).ToArray());
    }

    private protected override void Check(JsonBody fields)
    {
        CheckComplete(fields);
        CheckOptions(fields);
    }
}
