using System.Management.Automation;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Creates a custom field.</summary>
[Cmdlet(VerbsCommon.New, "CopperCustomFieldDefinition", SupportsShouldProcess = true)]
[OutputType(typeof(CopperCustomFieldDefinition))]
public sealed class NewCopperCustomFieldDefinitionCommand : CustomFieldDefinitionWriteCmdlet, IRowInput
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <summary>What the field holds.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateSet("Checkbox", "Currency", "Date", "Dropdown", "Float", "MultiSelect", "Percentage", "String", "Text", "URL")]
    public override string? DataType { get; set; }

    /// <summary>The field's key in the web app: unique, and kept in lower case.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    [Field("canonical_name")]
    public string? CanonicalName { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    private protected override void Collect(FieldCollector<CopperCustomFieldDefinition> fields)
    {
        base.Collect(fields);
        var options = fields.IsSpecified(nameof(Option), Option) ? Option! : [];
        CheckOptions(KnownDataType(fields), options);
        if (options.Length > 0)
        {
            fields.Fields["options"] = options.Select(static option => new JsonBody { ["name"] = option.Trim() }).ToArray();
        }
    }
}
