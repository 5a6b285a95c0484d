using System.Management.Automation;
using Copper.Client.Crm.Metadata;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Metadata;

/// <summary>Reads the sources of leads and opportunities.</summary>
[Cmdlet(VerbsCommon.Get, "CopperCustomerSource", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperCustomerSource))]
public sealed class GetCopperCustomerSourceCommand : GetIdentifiedMetadataCmdlet<CopperCustomerSource>
{
    private protected override MetadataList<CopperCustomerSource> List => Client.Metadata.CustomerSources;
}
