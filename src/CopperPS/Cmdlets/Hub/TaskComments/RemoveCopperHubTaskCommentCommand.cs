using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Hub.TaskComments;

/// <summary>Deletes comments on tasks of a CopperHub for good. Only administrators may.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperHubTaskComment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperHubTaskCommentCommand : RemoveHubRecordCmdlet<CopperHubTaskComment>;
