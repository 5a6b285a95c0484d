using System.Management.Automation;
using Copper.Client.Crm.Models;

namespace CopperPS.Companies;

/// <summary>Makes a company.</summary>
[Cmdlet(VerbsCommon.New, "CopperCompany", SupportsShouldProcess = true)]
[OutputType(typeof(CopperCompany))]
public sealed class NewCopperCompanyCommand : CompanyWriteCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create();
}
