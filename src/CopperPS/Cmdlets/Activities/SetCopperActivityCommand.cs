using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Activities;

/// <summary>Changes activities that users wrote down.</summary>
[Cmdlet(VerbsCommon.Set, "CopperActivity", SupportsShouldProcess = true)]
[OutputType(typeof(CopperActivity))]
public sealed class SetCopperActivityCommand : ActivityWriteCmdlet, IRecordUpdate
{
    /// <summary>The activities to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output the activity as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
