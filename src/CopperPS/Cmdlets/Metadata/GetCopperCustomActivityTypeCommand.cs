using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the custom activity types of the account.</summary>
[Cmdlet(VerbsCommon.Get, "CopperCustomActivityType", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperCustomActivityType))]
public sealed class GetCopperCustomActivityTypeCommand : GetIdentifiedMetadataCmdlet<CopperCustomActivityType>;
