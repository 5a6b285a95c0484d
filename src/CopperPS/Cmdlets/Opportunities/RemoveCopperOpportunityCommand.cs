using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>Deletes opportunities for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperOpportunity", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperOpportunityCommand : RemoveRecordCmdlet<CopperOpportunity>;
