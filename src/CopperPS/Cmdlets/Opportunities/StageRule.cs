using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>The name of a stage means one of the pipeline that the opportunity is in, or is given.</summary>
/// <param name="fields">Where fields and steps are added.</param>
/// <param name="givenPipeline">The pipeline that the current item is given; null when it is given none.</param>
internal sealed class StageRule(FieldCollector<CopperOpportunity> fields, Func<long?> givenPipeline) : IReferenceRule<CopperOpportunity>
{
    /// <summary>What a stage is called in the registry of lists.</summary>
    public const string Entity = CopperEntityNames.PipelineStage;

    private const string StageField = "pipeline_stage_id";
    private const string PipelineField = "pipeline_id";

    /// <summary>The pipeline of the stage that a new opportunity names; null when it names none, or is given the pipeline itself.</summary>
    private long? _pipelineOfStage;

    /// <summary>The stage of an existing opportunity, which can only be told once its pipeline is known.</summary>
    private StageChoice? _openStage;

    /// <inheritdoc/>
    public bool TryResolve(CopperReference reference, out long? id)
    {
        id = null;
        if (string.IsNullOrEmpty(reference.Name))
        {
            RejectOther(reference);
            id = (long?)RequestValueConverter.OfField(reference, typeof(CopperReference), Entity);
            return true;
        }

        var pipeline = givenPipeline();
        var choice = fields.Account.Wait(token =>
            fields.Account.Names.FindStagesAsync(reference, pipeline is { } given ? [given] : null, token));
        if (pipeline is not null || !fields.IsUpdate)
        {
            var stage = choice.In(pipeline);
            _pipelineOfStage = pipeline is null ? stage.PipelineId : null;
            id = stage.Id;
            return true;
        }

        id = StageOfExisting(choice);
        return id is not null;
    }

    /// <inheritdoc/>
    public async Task<CopperReference> ResolveAsync(CopperReference name, CopperOpportunity present, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(name.Name) || present.PipelineId is not { } pipeline)
        {
            return await fields.Account.Names.ResolveAsync(name, Entity, cancellationToken).ConfigureAwait(false);
        }

        var choice = await fields.Account.Names.FindStagesAsync(name, [pipeline], cancellationToken).ConfigureAwait(false);
        return name.WithId(choice.In(pipeline, present).Id);
    }

    /// <summary>Adds what follows from the stage, once all parameters are collected.</summary>
    public void Complete()
    {
        if (_pipelineOfStage is { } pipeline && !fields.Fields.Contains(PipelineField))
        {
            // Without it the service would take the account's default pipeline, which need not be that of the stage.
            fields.Fields[PipelineField] = pipeline;
        }

        if (_openStage is { } choice)
        {
            fields.Steps.Add(new ReadModifyWriteStep<CopperOpportunity>(StageField)
            {
                AddFields = (body, present) => body[StageField] = choice.In(present.PipelineId, present).Id,
            });
        }
    }

    /// <summary>A stage that was read tells its pipeline, and so does an opportunity that is piped, for -WhatIf.</summary>
    /// <exception cref="InputRejectedException">They are two, and the opportunity is given no other pipeline.</exception>
    private void RejectOther(CopperReference reference)
    {
        if (fields is { IsUpdate: true, Account.IsWhatIf: true }
            && reference.Source is CopperPipelineStage { PipelineId: { } pipeline } stage
            && fields.Item.Given is CopperOpportunity { PipelineId: { } own } present && own != pipeline && givenPipeline() is null)
        {
            throw RequestValueConverter.Reject(
                $"The stage '{stage}' is of another pipeline than the opportunity {present.Id}"
                    + $"{(present.Pipeline is { } name ? $", which is in {name}" : null)}. Give -Pipeline too, to move it there.",
                stage);
        }
    }

    /// <summary>
    /// The stage of that name in the opportunity's own pipeline. A record that was piped knows its pipeline; of an id the record is
    /// read first, unless the account has one pipeline only.
    /// </summary>
    private long? StageOfExisting(StageChoice choice)
    {
        if (!choice.DependsOnPipeline)
        {
            return choice.In(null).Id;
        }

        if (fields.Item.Given is CopperOpportunity { PipelineId: { } pipeline } present)
        {
            if (choice.Find(pipeline) is { } stage)
            {
                return stage.Id;
            }

            // It may have moved since it was read. -WhatIf reads nothing, and says what the record tells.
            if (fields.Account.IsWhatIf)
            {
                return choice.In(pipeline, present).Id;
            }
        }

        _openStage = choice;
        return null;
    }
}
