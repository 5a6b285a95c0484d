using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Leads;

/// <summary>Creates a lead.</summary>
[Cmdlet(VerbsCommon.New, "CopperLead", SupportsShouldProcess = true)]
[OutputType(typeof(CopperLead))]
public sealed class NewCopperLeadCommand : LeadWriteCmdlet, IBulkWriter, IRowInput, IDynamicParameters
{
    /// <summary>The full name. Without it, it is put together from its parts.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public override string? Name { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    object? IDynamicParameters.GetDynamicParameters() => PositionalScriptBlock.Offer(MyInvocation);
}
