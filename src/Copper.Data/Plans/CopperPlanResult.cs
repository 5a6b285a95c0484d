using Copper.Client;

namespace Copper.Data.Plans;

/// <summary>What became of one step of a plan.</summary>
public sealed class CopperPlanResult
{
    private readonly CopperException? _failure;

    internal CopperPlanResult(CopperPlanStep step, PlanStatus status, long? id, string? reason, CopperException? failure = null)
    {
        _failure = failure;
        Status = status;
        Action = step.Action;
        Entity = step.Entity;
        Id = id ?? step.Id;
        OldId = step.OldId;
        Name = step.Name;
        Reason = reason ?? step.Reason;
        Step = step.Step;
        Row = step.Row;
    }

    /// <summary>What became of it.</summary>
    public PlanStatus Status { get; }

    /// <summary>What it was to do.</summary>
    public PlanAction Action { get; }

    /// <summary>The entity, in the API's singular word.</summary>
    public string Entity { get; }

    /// <summary>The record: that of the step, or the one that was created.</summary>
    public long? Id { get; }

    /// <summary>The id that the record had before it was deleted, where the step created it again.</summary>
    public long? OldId { get; }

    /// <summary>The name of the record.</summary>
    public string? Name { get; }

    /// <summary>Why it was held, skipped or failed.</summary>
    public string? Reason { get; }

    /// <summary>The number of the step.</summary>
    public long Step { get; }

    /// <summary>The row of the file that the step comes from; null when it comes from none.</summary>
    public long? Row { get; }

    /// <summary>The response of the service, or what happened instead of one; null when the step has not failed there.</summary>
    public CopperException? GetFailure() => _failure;

    /// <summary>For example <c>Done: Update person 7 'Ada'</c>.</summary>
    public override string ToString() => $"{Status}: {Action} {Entity} {Id} '{Name}'";
}
