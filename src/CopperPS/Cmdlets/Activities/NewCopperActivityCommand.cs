using System.Management.Automation;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Activities;

/// <summary>Logs an activity on a record: a note, a call, a meeting.</summary>
[Cmdlet(VerbsCommon.New, "CopperActivity", SupportsShouldProcess = true)]
[OutputType(typeof(CopperActivity))]
public sealed class NewCopperActivityCommand : ActivityWriteCmdlet
{
    private const string ParentMember = "parent";

    /// <summary>The record that it is about: the record itself, or its id with -RelatedType. Without it, the record that the pipeline brings.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    public override CopperReference? RelatedTo { get; set; }

    /// <summary>What was done.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
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

    private protected override string TargetOfNew(JsonBody fields) =>
        fields.Contains(ParentMember) && fields[ParentMember] is JsonBody parent ? $"new activity of {parent["type"]} {parent["id"]}" : base.TargetOfNew(fields);

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (!fields.Contains(ParentMember) && !Property.ContainsKey(ParentMember) && PipedRecord is null)
        {
            throw RequestValueConverter.Reject("An activity is about a record: give it with -RelatedTo, or bring it by the pipeline.", InputObject);
        }

        if (!fields.Contains("type") && !Property.ContainsKey("type"))
        {
            fields["type"] = ActivityTypes.Note;
        }
    }

    /// <summary>The activity is about the record that is piped.</summary>
    private protected override void AddPipedRecord(JsonBody fields, CopperReference record)
    {
        // Every record has details of its own, and they are not what was done.
        if (!IsSpecified(nameof(Details), Details))
        {
            throw RequestValueConverter.Reject($"What was done with {record}? Say it with -Details.", InputObject);
        }

        if (!fields.Contains(ParentMember) && !Property.ContainsKey(ParentMember))
        {
            fields[ParentMember] = RelatedResources.Of(record, null, RelatedResources.OfActivity);
        }
    }
}
