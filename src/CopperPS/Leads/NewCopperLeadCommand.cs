using System.Management.Automation;
using Copper.Client.Crm.Models;

namespace CopperPS.Leads;

/// <summary>Makes a lead.</summary>
[Cmdlet(VerbsCommon.New, "CopperLead", SupportsShouldProcess = true)]
[OutputType(typeof(CopperLead))]
public sealed class NewCopperLeadCommand : LeadWriteCmdlet
{
    /// <summary>The full name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create();
}
