using System.Management.Automation;
using Copper.Client.Crm.Metadata;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Metadata;

/// <summary>Reads the pipelines with their stages.</summary>
[Cmdlet(VerbsCommon.Get, "CopperPipeline", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperPipeline))]
public sealed class GetCopperPipelineCommand : GetIdentifiedMetadataCmdlet<CopperPipeline>
{
    private protected override MetadataList<CopperPipeline> List => Client.Metadata.Pipelines;
}
