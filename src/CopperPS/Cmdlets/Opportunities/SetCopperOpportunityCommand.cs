using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>Changes opportunities.</summary>
[Cmdlet(VerbsCommon.Set, "CopperOpportunity", SupportsShouldProcess = true)]
[OutputType(typeof(CopperOpportunity))]
public sealed class SetCopperOpportunityCommand : OpportunityWriteCmdlet, IRecordUpdate, ITagEditor
{
    /// <summary>The opportunities to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Tags to add to those that the opportunity has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AddTag { get; set; }

    /// <summary>Tags to take from those that the opportunity has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Output the opportunity as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
