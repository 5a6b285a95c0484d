using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Changes custom activity types of the account.</summary>
[Cmdlet(VerbsCommon.Set, "CopperCustomActivityType", SupportsShouldProcess = true)]
[OutputType(typeof(CopperCustomActivityType))]
public sealed class SetCopperCustomActivityTypeCommand : CustomActivityTypeWriteCmdlet, IRecordUpdate
{
    /// <summary>The types to change: ids, names, or anything that has an id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(ListedNameCompleter))]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output the type as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
