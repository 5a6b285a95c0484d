using System.Collections;
using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Binding.CustomFields;

namespace CopperPS.Cmdlets.Base;

/// <summary>Writes opportunities, projects and tasks: the fields that they have in common.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteNamedRecordCmdlet<T> : WriteRecordCmdlet<T>, INamedRecordInput
    where T : class, ICopperRecord
{
    private NamedRecordFields<T>? _named;

    private protected WriteNamedRecordCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("name")]
    public virtual string? Name { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("details")]
    public string? Details { get; set; }

    /// <summary>The user who owns the record.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(UserCompleter))]
    [Alias("Owner")]
    [Field("assignee_id", Entity = CopperEntityNames.User)]
    public CopperReference? Assignee { get; set; }

    /// <summary>The record's tags, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>Custom fields and their values.</summary>
    [Parameter]
    [HashtableTransformation(RunsScriptBlocks = true)]
    [ArgumentCompleter(typeof(CustomFieldCompleter))]
    [ValidateNotNull]
    public Hashtable? CustomField { get; set; }

    private protected override IReadOnlyList<string> NeverRemoved => _named?.NeverRemoved ?? [];

    private protected override void Collect(FieldCollector<T> fields)
    {
        base.Collect(fields);
        _named ??= new NamedRecordFields<T>(this, PositionalScriptBlock.ParametersOf(MyInvocation).Values);
        _named.Collect(fields);
    }
}
