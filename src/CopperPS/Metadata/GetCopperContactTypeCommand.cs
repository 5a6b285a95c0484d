using System.Management.Automation;
using Copper.Client.Crm.Metadata;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Metadata;

/// <summary>Reads the contact types of people and companies.</summary>
[Cmdlet(VerbsCommon.Get, "CopperContactType", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperContactType))]
public sealed class GetCopperContactTypeCommand : GetIdentifiedMetadataCmdlet<CopperContactType>
{
    private protected override MetadataList<CopperContactType> List => Client.Metadata.ContactTypes;
}
