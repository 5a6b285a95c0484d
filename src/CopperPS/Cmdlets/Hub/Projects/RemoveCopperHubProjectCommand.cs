using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.Projects;

/// <summary>Deletes projects of a CopperHub for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperHubProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperHubProjectCommand : RemoveHubRecordCmdlet<CopperHubProject>;
