using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Companies;

/// <summary>Creates a company.</summary>
[Cmdlet(VerbsCommon.New, "CopperCompany", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperCompany))]
public sealed class NewCopperCompanyCommand : CompanyWriteCmdlet, IBulkWriter, IRowInput, IDynamicParameters
{
    /// <summary>The name.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [TextTransformation]
    public override string? Name { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ParameterSetName = RowSets.Row, ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    object? IDynamicParameters.GetDynamicParameters() => PositionalScriptBlock.Offer(MyInvocation);
}
