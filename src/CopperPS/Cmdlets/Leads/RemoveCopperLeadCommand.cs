using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Leads;

/// <summary>Deletes leads for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperLead", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperLeadCommand : RemoveRecordCmdlet<CopperLead>;
