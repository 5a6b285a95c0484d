using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>The stages that have one name. Which of them is meant is a matter of the pipeline.</summary>
/// <param name="reference">What was given.</param>
/// <param name="found">The stages of that name: one at least.</param>
/// <param name="all">All stages of the account.</param>
internal sealed class StageChoice(CopperReference reference, IReadOnlyList<AccountItem> found, IReadOnlyList<AccountItem> all)
{
    /// <summary>The stages themselves.</summary>
    public IReadOnlyList<AccountItem> Found => found;

    /// <summary>Several pipelines could be meant: the account has more than one.</summary>
    public bool DependsOnPipeline => all.Select(static stage => stage.PipelineId).Distinct().Skip(1).Any();

    /// <summary>The stage in this pipeline, or without one the only stage of that name.</summary>
    /// <param name="pipeline">The pipeline; null when it does not matter.</param>
    /// <param name="record">The record whose pipeline it is, for the error: one out of many may be in another pipeline than was thought.</param>
    /// <exception cref="InputRejectedException">The pipeline has no such stage, or there are several.</exception>
    public AccountItem In(long? pipeline, ICopperRecord? record = null)
    {
        var meant = pipeline is null ? found : found.Where(stage => stage.PipelineId == pipeline).ToArray();
        return meant.Count switch
        {
            1 => meant[0],
            0 => throw new InputRejectedException(NameErrors.UnknownStage(reference, [pipeline!.Value], all, record)),
            _ => throw new InputRejectedException(NameErrors.AmbiguousStage(reference, meant)),
        };
    }

    /// <summary>The stage in this pipeline; null when there is not exactly one.</summary>
    public AccountItem? Find(long pipeline)
    {
        var meant = found.Where(stage => stage.PipelineId == pipeline).ToArray();
        return meant.Length == 1 ? meant[0] : null;
    }
}
