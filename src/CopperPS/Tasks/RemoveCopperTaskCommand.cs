using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Tasks;

/// <summary>Deletes tasks for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperTaskCommand : RemoveRecordCmdlet<CopperTask>
{
    private protected override RecordEndpoint<CopperTask> Endpoint => Client.Tasks;
}
