using System.Management.Automation;
using Copper.Client.Crm.Models;
using Copper.Client.Json;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.Activities;

/// <summary>Logs an activity on a record: a note, a call, a meeting.</summary>
[Cmdlet(VerbsCommon.New, "CopperActivity", SupportsShouldProcess = true)]
[OutputType(typeof(CopperActivity))]
public sealed class NewCopperActivityCommand : ActivityWriteCmdlet
{
    /// <summary>The record that it is about: the record itself, or its id with -RelatedType.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    public override CopperReference? RelatedTo { get; set; }

    /// <summary>What was done.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Field("details")]
    public override string? Details { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    private protected override bool IsBulk => Bulk;

    private protected override object? Input => InputObject;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create();

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (!fields.Contains("type") && !Property.ContainsKey("type"))
        {
            fields["type"] = ActivityTypes.Note;
        }
    }
}
