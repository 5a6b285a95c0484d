using System.Management.Automation;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Projects;

/// <summary>Makes a project.</summary>
[Cmdlet(VerbsCommon.New, "CopperProject", SupportsShouldProcess = true)]
[OutputType(typeof(CopperProject))]
public sealed class NewCopperProjectCommand : ProjectWriteCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    private protected override object? Input => InputObject;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create();

    /// <summary>It belongs to the record that is piped.</summary>
    private protected override void AddPipedRecord(JsonBody fields, CopperReference record)
    {
        if (!fields.Contains("related_resource") && !WasTyped(nameof(RelatedTo)) && !Property.ContainsKey("related_resource"))
        {
            fields["related_resource"] = RelatedResources.Of(record, null, RelatedResources.OfProject);
        }
    }
}
