using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;

namespace CopperPS.Cmdlets.Hub.Projects;

/// <summary>The attributes of a project, for New and Set.</summary>
public abstract class ProjectWriteCmdlet : WriteHubRecordCmdlet<CopperHubProject>
{
    private protected ProjectWriteCmdlet()
    {
    }

    /// <summary>The organisation that the project is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    [Field("ClientID", Entity = "hub organisation")]
    public virtual CopperReference? OrganisationId { get; set; }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Name")]
    public virtual string? Name { get; set; }

    /// <summary>The id of the user who owns the project; new ones belong to the user of the session when none is given.</summary>
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

    /// <summary>The colour, as #rrggbb. New ones are #82CE4C when none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [HubColour]
    [Field("Colour")]
    public string? Colour { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Description")]
    public string? Description { get; set; }

    /// <summary>The project is worked on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HubFlagTransformation]
    [Field("Active")]
    public bool? Active { get; set; }
}
