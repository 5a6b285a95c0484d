using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;

namespace CopperPS.Cmdlets.Hub.Tasks;

/// <summary>The attributes of a task, for New and Set.</summary>
public abstract class TaskWriteCmdlet : WriteHubRecordCmdlet<CopperHubTask>
{
    private protected TaskWriteCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Name")]
    public virtual string? Name { get; set; }

    /// <summary>The id of the user who owns the task; new ones belong to the user of the session when none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OwnerId")]
    [ReferenceTransformation(TakesOne = true)]
    [Field("Owner", Entity = "hub user")]
    public CopperReference? Owner { get; set; }

    /// <summary>The first day.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubDateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Field("StartDate")]
    public DateTime? StartDate { get; set; }

    /// <summary>The last day.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubDateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Field("EndDate")]
    public DateTime? EndDate { get; set; }

    /// <summary>The estimated working hours.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubNumberTransformation]
    [HubRange]
    [Field("Duration")]
    public decimal? Duration { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Description")]
    public string? Description { get; set; }

    /// <summary>The budget.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubNumberTransformation]
    [HubRange]
    [Field("TargetBudget")]
    public decimal? TargetBudget { get; set; }

    /// <summary>Mark the task.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubFlagTransformation]
    [Field("Highlighted")]
    public bool? Highlighted { get; set; }
}
