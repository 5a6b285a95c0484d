using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Tasks;

/// <summary>Reads tasks.</summary>
[Cmdlet(VerbsCommon.Get, "CopperTask", DefaultParameterSetName = SearchSet, SupportsPaging = true)]
[OutputType(typeof(CopperTask))]
public sealed class GetCopperTaskCommand : GetNamedRecordCmdlet<CopperTask>, IRelatedNames
{
    /// <summary>Open or Completed.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [WorkStatus]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [ValidateNotNullOrEmpty]
    [Filter("statuses")]
    public string[]? Status { get; set; }

    /// <summary>None, Low, Medium or High.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [Priority]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [ValidateNotNullOrEmpty]
    [Filter("priorities")]
    public string[]? Priority { get; set; }

    /// <summary>Due at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("DueDateAfter")]
    [Filter("minimum_due_date")]
    public DateTimeOffset DueAfter { get; set; }

    /// <summary>Due at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("DueDateBefore")]
    [Filter("maximum_due_date")]
    public DateTimeOffset DueBefore { get; set; }

    /// <summary>With a reminder at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("ReminderDateAfter")]
    [Filter("minimum_reminder_date")]
    public DateTimeOffset ReminderAfter { get; set; }

    /// <summary>With a reminder at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("ReminderDateBefore")]
    [Filter("maximum_reminder_date")]
    public DateTimeOffset ReminderBefore { get; set; }

    /// <summary>Completed at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("CompletedDateAfter")]
    [Filter("minimum_completed_date")]
    public DateTimeOffset CompletedAfter { get; set; }

    /// <summary>Completed at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("CompletedDateBefore")]
    [Filter("maximum_completed_date")]
    public DateTimeOffset CompletedBefore { get; set; }

    /// <summary>The opportunities that they belong to.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [Filter("opportunity_ids", Entity = CopperEntityNames.Opportunity)]
    public CopperReference?[]? Opportunity { get; set; }

    /// <summary>The projects that they belong to; null for tasks that belong to none.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [AllowNull]
    [Filter("project_ids", Entity = CopperEntityNames.Project, AllowsNone = true)]
    public CopperReference?[]? Project { get; set; }

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

    /// <summary>Ask for the names of the records that the tasks belong to: one request more for up to 200 records of a kind.</summary>
    [Parameter]
    public SwitchParameter IncludeRelatedName { get; set; }

    private protected override CopperReference? RelatedRecord() => RelatedResources.RecordOf(
        WithRelatedId(RelatedTo, RelatedType, RelatedResources.OfTask), RelatedType, RelatedResources.OfTask);
}
