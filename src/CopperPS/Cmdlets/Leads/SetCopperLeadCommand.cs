using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Leads;

/// <summary>Changes leads.</summary>
[Cmdlet(VerbsCommon.Set, "CopperLead", SupportsShouldProcess = true)]
[OutputType(typeof(CopperLead))]
public sealed class SetCopperLeadCommand : LeadWriteCmdlet, IBulkWriter, IRecordUpdate, ITagEditor
{
    /// <summary>The leads to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Tags to add to those that the lead has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AddTag { get; set; }

    /// <summary>Tags to take from those that the lead has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Output the lead as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }
}
