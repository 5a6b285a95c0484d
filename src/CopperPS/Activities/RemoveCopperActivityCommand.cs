using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Activities;

/// <summary>Deletes activities.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperActivity", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperActivityCommand : RemoveRecordCmdlet<CopperActivity>
{
    private protected override RecordEndpoint<CopperActivity> Endpoint => Client.Activities;
}
