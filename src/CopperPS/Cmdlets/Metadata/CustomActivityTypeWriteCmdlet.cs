using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>The fields of a custom activity type, for New and Set.</summary>
public abstract class CustomActivityTypeWriteCmdlet : WriteRecordCmdlet<CopperCustomActivityType>
{
    private protected CustomActivityTypeWriteCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    [Field("name")]
    public virtual string? Name { get; set; }

    /// <summary>The picture.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IconType(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("icon_type")]
    public virtual string? IconType { get; set; }
}
