using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Creates a custom field.</summary>
[Cmdlet(VerbsCommon.New, "CopperCustomFieldDefinition", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperCustomFieldDefinition))]
public sealed class NewCopperCustomFieldDefinitionCommand : CustomFieldDefinitionWriteCmdlet, IRowInput, IDynamicParameters
{
    /// <summary>The name.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [TextTransformation]
    public override string? Name { get; set; }

    /// <summary>What the field holds.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 1, ValueFromPipelineByPropertyName = true)]
    [WordTransformation(
        "Checkbox", "Currency", "Date", "Dropdown", "Float", "MultiSelect", "Percentage", "String", "Text", "URL", TakesOne = true)]
    [ValidateSet("Checkbox", "Currency", "Date", "Dropdown", "Float", "MultiSelect", "Percentage", "String", "Text", "URL")]
    public override string? DataType { get; set; }

    /// <summary>The entities that have the field.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WordTransformation("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    public override string[]? AvailableOn { get; set; }

    /// <summary>The choices of a Dropdown or MultiSelect field, all of them, in order.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Options")]
    [AllowEmptyCollection]
    [WordTransformation]
    [ArgumentCompleter(typeof(CustomFieldOptionCompleter))]
    public override string[]? Option { get; set; }

    /// <summary>The currency of a Currency field, for example EUR.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidatePattern("^([A-Za-z]{3})?$")]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    public override string? Currency { get; set; }

    /// <summary>The field's key in the web app: unique, and kept in lower case.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    [Field("canonical_name")]
    public string? CanonicalName { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ParameterSetName = RowSets.Row, ValueFromPipeline = true)]
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

    object? IDynamicParameters.GetDynamicParameters() => PositionalScriptBlock.Offer(MyInvocation);
}
