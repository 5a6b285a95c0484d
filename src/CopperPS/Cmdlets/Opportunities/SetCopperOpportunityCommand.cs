using System.Management.Automation;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>Changes opportunities.</summary>
[Cmdlet(VerbsCommon.Set, "CopperOpportunity", SupportsShouldProcess = true)]
[OutputType(typeof(CopperOpportunity))]
public sealed class SetCopperOpportunityCommand : OpportunityWriteCmdlet
{
    private const string StageField = "pipeline_stage_id";

    /// <summary>The opportunities to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Tags to add to those that the opportunity has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AddTag { get; set; }

    /// <summary>Tags to take from those that the opportunity has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Output the opportunity as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string[]? TagsToAdd => AddTag;

    private protected override string[]? TagsToRemove => RemoveTag;

    /// <summary>The present item, as it was given.</summary>
    private CopperReference? Item { get; set; }

    /// <summary>The stage of the present item, which can only be told once its pipeline is known.</summary>
    private StageChoice? OpenStage { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Update(Id, PassThru);

    private protected override void BeginItem(CopperReference? item)
    {
        Item = item;
        OpenStage = null;
    }

    /// <summary>
    /// The stage of that name in the opportunity's own pipeline. A record that was piped knows its pipeline; of an id the
    /// record is read first, unless the account has one pipeline only.
    /// </summary>
    private protected override object? ResolveStageWithoutPipeline(StageChoice choice)
    {
        if (!choice.DependsOnPipeline)
        {
            return choice.In(null).Id;
        }

        if (Item?.Source is CopperOpportunity { PipelineId: { } pipeline } && choice.Find(pipeline) is { } stage)
        {
            return stage.Id;
        }

        OpenStage = choice;
        return null;
    }

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (OpenStage is not null)
        {
            fields.Remove(StageField);
        }
    }

    private protected override IEnumerable<ReadModifyWriteStep<CopperOpportunity>> ReadModifyWriteSteps() => OpenStage is not { } choice
        ? base.ReadModifyWriteSteps()
        : base.ReadModifyWriteSteps().Append(new ReadModifyWriteStep<CopperOpportunity>(StageField) { AddFields = (fields, present) => fields[StageField] = choice.In(present.PipelineId, present).Id });
}
