using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Projects;

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
}
