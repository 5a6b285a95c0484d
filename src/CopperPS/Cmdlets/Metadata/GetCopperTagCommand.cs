using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the tags that records carry.</summary>
/// <remarks>Tags have no id, and no cmdlet makes or removes them: they come and go with the records that carry them.</remarks>
[Cmdlet(VerbsCommon.Get, "CopperTag")]
[OutputType(typeof(CopperTag))]
public sealed class GetCopperTagCommand : GetMetadataCmdlet<CopperTag>, INameFilter
{
    /// <summary>The tags; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }
}
