using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.Tasks;

/// <summary>Deletes tasks of a CopperHub for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperHubTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperHubTaskCommand : RemoveHubRecordCmdlet<CopperHubTask>;
