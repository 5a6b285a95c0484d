using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Projects;

/// <summary>Reads projects.</summary>
[Cmdlet(VerbsCommon.Get, "CopperProject", DefaultParameterSetName = SearchSet, SupportsPaging = true)]
[OutputType(typeof(CopperProject))]
public sealed class GetCopperProjectCommand : GetNamedRecordCmdlet<CopperProject>, IRelatedNames
{
    /// <summary>Open or Completed.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [WorkStatus]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [ValidateNotNullOrEmpty]
    [Filter("statuses")]
    public string[]? Status { get; set; }

    /// <summary>The record that they belong to: the record itself, or its id with -RelatedType.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    public CopperReference? RelatedTo { get; set; }

    /// <summary>What kind of record the id of -RelatedTo means.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [RelatedType(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    public string? RelatedType { get; set; }

    /// <summary>Ask for the names of the records that the projects belong to: one request more for up to 200 records of a kind.</summary>
    [Parameter]
    public SwitchParameter IncludeRelatedName { get; set; }

    private protected override CopperReference? RelatedRecord() => RelatedResources.RecordOf(
        WithRelatedId(RelatedTo, RelatedType, RelatedResources.OfProject), RelatedType, RelatedResources.OfProject);
}
