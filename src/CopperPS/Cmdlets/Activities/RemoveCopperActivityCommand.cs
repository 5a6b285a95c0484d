using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Activities;

/// <summary>Deletes activities.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperActivity", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperActivityCommand : RemoveRecordCmdlet<CopperActivity>;
