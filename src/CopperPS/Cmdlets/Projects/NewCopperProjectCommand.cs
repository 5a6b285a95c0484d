using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Projects;

/// <summary>Creates a project.</summary>
[Cmdlet(VerbsCommon.New, "CopperProject", SupportsShouldProcess = true)]
[OutputType(typeof(CopperProject))]
[AboutRecord(CopperEntityNames.Person, CopperEntityNames.Company, CopperEntityNames.Opportunity, CopperEntityNames.Task)]
public sealed class NewCopperProjectCommand : ProjectWriteCmdlet, IRowInput
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    private protected override void Collect(FieldCollector<CopperProject> fields)
    {
        base.Collect(fields);

        // It belongs to the record that is piped.
        fields.TakePipedRecord(
            "related_resource", nameof(RelatedTo), static record => RelatedResources.Of(record, null, RelatedResources.OfProject));
    }
}
