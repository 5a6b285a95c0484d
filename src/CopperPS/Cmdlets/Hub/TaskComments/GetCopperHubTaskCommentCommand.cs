using System.Management.Automation;
using Copper.Client.Hub.Models;

namespace CopperPS.Cmdlets.Hub.TaskComments;

/// <summary>Reads comments on tasks of a CopperHub by id. The API has no list of a task's comments.</summary>
[Cmdlet(VerbsCommon.Get, "CopperHubTaskComment", DefaultParameterSetName = IdSet)]
[OutputType(typeof(CopperHubTaskComment))]
public sealed class GetCopperHubTaskCommentCommand : GetHubRecordCmdlet<CopperHubTaskComment>;
