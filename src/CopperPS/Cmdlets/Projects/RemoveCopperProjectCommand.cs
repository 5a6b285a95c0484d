using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Projects;

/// <summary>Deletes projects for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperProjectCommand : RemoveRecordCmdlet<CopperProject>;
