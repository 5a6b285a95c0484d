using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Deletes custom fields, and with them their values in every record, for good.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperCustomFieldDefinition", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperCustomFieldDefinitionCommand : RemoveRecordCmdlet<CopperCustomFieldDefinition>;
