using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Tasks;

/// <summary>The fields of a task, for New and Set.</summary>
public abstract class TaskWriteCmdlet : WriteNamedRecordCmdlet<CopperTask>
{
    private protected TaskWriteCmdlet()
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

    /// <summary>When it is due.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Field("due_date")]
    public DateTimeOffset? DueDate { get; set; }

    /// <summary>When its owner is reminded.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Field("reminder_date")]
    public DateTimeOffset? ReminderDate { get; set; }

    /// <summary>None, Low, Medium or High.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Priority(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [Field("priority")]
    public string? Priority { get; set; }

    /// <summary>Open or Completed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WorkStatus(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [Field("status")]
    public string? Status { get; set; }

    private protected override void Collect(FieldCollector<CopperTask> fields)
    {
        base.Collect(fields);
        RelatedRecordFields.Collect(fields, "related_resource", "RelatedResource", RelatedTo, RelatedType, RelatedResources.OfTask);
        fields.AddUnwritten(
            "CompletedDate", "leave the cell as it was, or the column out. To complete a task, set its status.");
        fields.AddUnwritten("CustomActivityType", "leave the cell as it was, or the column out.");
        fields.AddUnwritten("CustomActivityTypeId", "leave the cell as it was, or the column out.");
    }
}
