using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.Projects;

/// <summary>Reads projects.</summary>
[Cmdlet(VerbsCommon.Get, "CopperProject", DefaultParameterSetName = SearchSet, SupportsPaging = true)]
[OutputType(typeof(CopperProject))]
public sealed class GetCopperProjectCommand : GetNamedRecordCmdlet<CopperProject>
{
    /// <summary>Open or Completed.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [WorkStatus]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [ValidateNotNullOrEmpty]
    [Filter("statuses")]
    public string[]? Status { get; set; }

    private protected override RecordEndpoint<CopperProject> Endpoint => Client.Projects;
}
