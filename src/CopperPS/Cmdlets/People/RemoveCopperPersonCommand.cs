using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.People;

/// <summary>Deletes people for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperPerson", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperPersonCommand : RemoveRecordCmdlet<CopperPerson>;
