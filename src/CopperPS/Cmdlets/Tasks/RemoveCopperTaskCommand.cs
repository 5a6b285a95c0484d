using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Tasks;

/// <summary>Deletes tasks for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperTaskCommand : RemoveRecordCmdlet<CopperTask>;
