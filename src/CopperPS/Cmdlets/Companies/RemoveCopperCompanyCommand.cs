using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Companies;

/// <summary>Deletes companies for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperCompany", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperCompanyCommand : RemoveRecordCmdlet<CopperCompany>;
