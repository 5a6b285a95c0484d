using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the types of activities that the account made for itself.</summary>
[Cmdlet(VerbsCommon.Get, "CopperCustomActivityType", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperCustomActivityType))]
public sealed class GetCopperCustomActivityTypeCommand : GetIdentifiedMetadataCmdlet<CopperCustomActivityType>;
