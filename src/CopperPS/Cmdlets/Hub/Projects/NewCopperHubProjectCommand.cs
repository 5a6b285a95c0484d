using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Hub.Projects;

/// <summary>Creates a project in a CopperHub.</summary>
[Cmdlet(VerbsCommon.New, "CopperHubProject", SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubProject))]
public sealed class NewCopperHubProjectCommand : ProjectWriteCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Name")]
    public override string? Name { get; set; }

    /// <summary>The organisation that the project is for: an id, an organisation, or a row with an OrganisationId.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ReferenceTransformation(TakesOne = true, Member = nameof(OrganisationId))]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    [Field("ClientID", Entity = "hub organisation")]
    public override CopperReference? OrganisationId { get; set; }

    /// <summary>The status, 0 to 5. What the numbers mean is not documented.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubNumberTransformation]
    [HubRange(IsWhole = true, Maximum = 5)]
    [Field("Status")]
    public decimal? Status { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create(OrganisationId, nameof(OrganisationId));
}
