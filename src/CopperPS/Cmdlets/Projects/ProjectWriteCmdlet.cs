using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Projects;

/// <summary>The fields of a project, for New and Set.</summary>
public abstract class ProjectWriteCmdlet : WriteNamedRecordCmdlet<CopperProject>
{
    private protected ProjectWriteCmdlet()
    {
    }

    /// <summary>The record that it belongs to: the record itself, or its id with -RelatedType.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    public CopperReference? RelatedTo { get; set; }

    /// <summary>What kind of record the id of -RelatedTo means.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RelatedType(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    public string? RelatedType { get; set; }

    /// <summary>Open or Completed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WorkStatus(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [Field("status")]
    public string? Status { get; set; }

    private protected override void Collect(FieldCollector<CopperProject> fields)
    {
        base.Collect(fields);
        RelatedRecordFields.Collect(fields, "related_resource", "RelatedResource", RelatedTo, RelatedType, RelatedResources.OfProject);
    }
}
