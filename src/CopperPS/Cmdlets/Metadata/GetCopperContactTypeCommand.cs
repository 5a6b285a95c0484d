using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the contact types of people and companies.</summary>
[Cmdlet(VerbsCommon.Get, "CopperContactType", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperContactType))]
public sealed class GetCopperContactTypeCommand : GetIdentifiedMetadataCmdlet<CopperContactType>;
