using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.People;

/// <summary>Changes people.</summary>
[Cmdlet(VerbsCommon.Set, "CopperPerson", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPerson))]
public sealed class SetCopperPersonCommand : PersonWriteCmdlet, IBulkWriter, IRecordUpdate, ITagEditor
{
    /// <summary>The people to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Tags to add to those that the person has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AddTag { get; set; }

    /// <summary>Tags to take from those that the person has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Output the person as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    private protected override void Collect(FieldCollector<CopperPerson> fields)
    {
        base.Collect(fields);
        CollectCompany(fields);
    }
}
