using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Activities;

/// <summary>Logs an activity on a record: a note, a call, a meeting.</summary>
[Cmdlet(VerbsCommon.New, "CopperActivity", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperActivity))]
[AboutRecord(
    CopperEntityNames.Lead, CopperEntityNames.Person, CopperEntityNames.Company,
    CopperEntityNames.Opportunity, CopperEntityNames.Project, CopperEntityNames.Task, NamedBy = nameof(Details))]
public sealed class NewCopperActivityCommand : ActivityWriteCmdlet, IBulkWriter, IRowInput, IDynamicParameters
{
    private const string ParentMember = "parent";
    private string? _firstText;
    private bool _isDetailsFirst;

    /// <summary>
    /// The record that it is about: the record itself, or its id with -RelatedType. Without it, the record that the pipeline brings.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    public override CopperReference? RelatedTo { get; set; }

    /// <summary>What was done.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [TextTransformation]
    [Field("details")]
    public override string? Details { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ParameterSetName = RowSets.Row, ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    private protected override void Collect(FieldCollector<CopperActivity> fields)
    {
        TakeFirstTextForDetails(fields);
        base.Collect(fields);
        if (!fields.IsGiven(ParentMember) && fields.PipedRecord is null)
        {
            throw RequestValueConverter.Reject(
                "An activity is about a record: give it with -RelatedTo, or bring it by the pipeline. For example: "
                    + "Get-CopperPerson 478 | New-CopperActivity -Details 'Called'",
                InputObject);
        }

        if (!fields.IsGiven("type"))
        {
            fields.Fields["type"] = ActivityTypes.Note;
            fields.Description.Note("type", nameof(ActivityType), "Note");
        }

        // Every record has details of its own, and they are not what was done.
        if (fields.PipedRecord is { } record && !fields.IsSpecified(nameof(Details), Details))
        {
            throw MandatoryParameters.RejectForAll($"What was done with {record}? Say it with -Details.", InputObject);
        }

        fields.TakePipedRecord(
            ParentMember, nameof(RelatedTo), static piped => RelatedResources.Of(piped, null, RelatedResources.OfActivity));
        if (fields.Fields.Contains(ParentMember) && fields.Fields[ParentMember] is JsonBody parent)
        {
            fields.Target = $"new activity of {parent["type"]} {parent["id"]}";
        }
    }

    /// <summary>
    /// The record that the activity is about stands first, and what was done second. When the record is piped, a text in the first place
    /// is what was done.
    /// </summary>
    private void TakeFirstTextForDetails(FieldCollector<CopperActivity> fields)
    {
        if (fields.PipedRecord is null)
        {
            return;
        }

        if (!_isDetailsFirst)
        {
            _isDetailsFirst = RelatedTo is { Source: string } && !fields.IsSpecified(nameof(Details), Details)
                && (Bound.IsPositional(nameof(RelatedTo)) || PositionalScriptBlock.IsGiven(MyInvocation));
            if (!_isDetailsFirst)
            {
                return;
            }

            // The same for each record, unless a script block returns it.
            _firstText = Bound.IsConstant(nameof(RelatedTo)) ? RelatedTo!.Source as string : null;
            Bound.Move(nameof(RelatedTo), nameof(Details));
        }

        (Details, RelatedTo) = (_firstText ?? RelatedTo?.Source as string, null);
    }

    object? IDynamicParameters.GetDynamicParameters() => PositionalScriptBlock.Offer(MyInvocation);
}
