using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on a custom field.</summary>
public sealed class CustomFieldDefinitionUpdate : CustomFieldDefinitionFields, IRecordChanges<CopperCustomFieldDefinition>
{
    private IReadOnlyList<CopperCustomFieldOption>? _options;

    /// <summary>
    /// The choices, all of them, in order: those that have an id stay, under the name that they have here; those without are new; those
    /// that are left out are deleted, and records that hold them lose them.
    /// </summary>
    public IReadOnlyList<CopperCustomFieldOption>? Options
    {
        get => _options;
        set => Set((_options = value)?
            .Select(static option => option.Id > 0
                ? new JsonBody { ["id"] = option.Id, ["name"] = option.Name?.Trim() }
                : new JsonBody { ["name"] = option.Name?.Trim() })
            .ToArray());
    }

    private protected override void Check(JsonBody fields)
    {
        if (fields.Contains(OptionsMember))
        {
            CheckOptions(fields);
        }
    }
}
