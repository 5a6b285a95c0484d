using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Companies;

/// <summary>Deletes companies for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperCompany", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperCompanyCommand : RemoveRecordCmdlet<CopperCompany>
{
    private protected override RecordEndpoint<CopperCompany> Endpoint => Client.Companies;
}
