using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.Projects;

/// <summary>Changes projects of a CopperHub.</summary>
[Cmdlet(VerbsCommon.Set, "CopperHubProject", SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubProject))]
public sealed class SetCopperHubProjectCommand : ProjectWriteCmdlet, IRecordUpdate
{
    /// <summary>The projects to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output the project as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
