using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Leads;

/// <summary>Deletes leads for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperLead", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperLeadCommand : RemoveRecordCmdlet<CopperLead>
{
    private protected override RecordEndpoint<CopperLead> Endpoint => Client.Leads;
}
