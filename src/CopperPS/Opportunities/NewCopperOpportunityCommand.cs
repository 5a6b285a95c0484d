using System.Management.Automation;
using Copper.Client.Crm.Models;

namespace CopperPS.Opportunities;

/// <summary>Makes an opportunity.</summary>
[Cmdlet(VerbsCommon.New, "CopperOpportunity", SupportsShouldProcess = true)]
[OutputType(typeof(CopperOpportunity))]
public sealed class NewCopperOpportunityCommand : OpportunityWriteCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create();
}
