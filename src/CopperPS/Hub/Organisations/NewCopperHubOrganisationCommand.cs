using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.Hub;

/// <summary>Makes an organisation in a CopperHub.</summary>
[Cmdlet(VerbsCommon.New, "CopperHubOrganisation", SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubOrganisation))]
public sealed class NewCopperHubOrganisationCommand : OrganisationWriteCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    [Field("Name")]
    public override string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create();
}
