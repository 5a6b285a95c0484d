using System.ComponentModel;
using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>The stages that have one name. Which of them is meant depends on the pipeline.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StageChoice
{
    private readonly string _name;
    private readonly IReadOnlyList<AccountItem> _all;
    private readonly object? _given;

    /// <param name="name">The name.</param>
    /// <param name="found">The stages of that name: one at least.</param>
    /// <param name="all">All stages of the account.</param>
    /// <param name="given">What an error is about.</param>
    internal StageChoice(string name, IReadOnlyList<AccountItem> found, IReadOnlyList<AccountItem> all, object? given)
    {
        _name = name;
        Found = found;
        _all = all;
        _given = given;
    }

    /// <summary>The stages themselves.</summary>
    public IReadOnlyList<AccountItem> Found { get; }

    /// <summary>Several pipelines can be meant: the account has more than one.</summary>
    public bool DependsOnPipeline => _all.Select(static stage => stage.PipelineId).Distinct().Skip(1).Any();

    /// <summary>The stage in this pipeline, or without one the only stage of that name.</summary>
    /// <param name="pipeline">The pipeline; null when it does not matter.</param>
    /// <param name="record">The record whose pipeline it is, for the error: one of many may be in another pipeline than expected.</param>
    /// <exception cref="InputRejectedException">The pipeline has no such stage, or there are several.</exception>
    public AccountItem In(long? pipeline, ICopperRecord? record = null)
    {
        var meant = pipeline is null ? Found : Found.Where(stage => stage.PipelineId == pipeline).ToArray();
        return meant.Count switch
        {
            1 => meant[0],
            0 => throw NameRejections.UnknownStage(_name, [pipeline!.Value], _all, _given, record),
            _ => throw NameRejections.AmbiguousStage(_name, meant, _given),
        };
    }

    /// <summary>The stage in this pipeline; null when there is not exactly one.</summary>
    public AccountItem? Find(long pipeline)
    {
        var meant = Found.Where(stage => stage.PipelineId == pipeline).ToArray();
        return meant.Length == 1 ? meant[0] : null;
    }
}
