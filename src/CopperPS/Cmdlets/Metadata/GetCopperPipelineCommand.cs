using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the pipelines with their stages.</summary>
[Cmdlet(VerbsCommon.Get, "CopperPipeline", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperPipeline))]
public sealed class GetCopperPipelineCommand : GetIdentifiedMetadataCmdlet<CopperPipeline>;
