using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.Organisations;

/// <summary>Deletes organisations of a CopperHub for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperHubOrganisation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperHubOrganisationCommand : RemoveHubRecordCmdlet<CopperHubOrganisation>;
