using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the definitions of custom fields.</summary>
[Cmdlet(VerbsCommon.Get, "CopperCustomFieldDefinition", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperCustomFieldDefinition))]
public sealed class GetCopperCustomFieldDefinitionCommand : GetIdentifiedMetadataCmdlet<CopperCustomFieldDefinition>
{
    /// <summary>Only fields that one of these entities has.</summary>
    [Parameter]
    [EntityTransformation]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    [Alias("Type", "EntityType")]
    public string[]? Entity { get; set; }

    /// <summary>Only fields that hold one of these kinds of values.</summary>
    [Parameter]
    [TextListTransformation]
    [ValidateSet("Checkbox", "Connect", "Currency", "Date", "Dropdown", "Float", "MultiSelect", "Percentage", "String", "Text", "URL")]
    public string[]? DataType { get; set; }

    private protected override bool IsWanted(CopperCustomFieldDefinition item) =>
        (Entity is null || Entity.Any(entity => item.AvailableOn.Contains(entity, StringComparer.OrdinalIgnoreCase)))
        && (DataType is null || DataType.Contains(item.DataType, StringComparer.OrdinalIgnoreCase));
}
