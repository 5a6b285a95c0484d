using System.Management.Automation;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>What a funnel needs to know of an opportunity.</summary>
internal sealed class OpportunityFigures
{
    public long? PipelineId { get; private init; }

    public long? StageId { get; private init; }

    public long? AssigneeId { get; private init; }

    public decimal Value { get; private init; }

    public string? Currency { get; private init; }

    public decimal? ConvertedValue { get; private init; }

    public string? ConvertedCurrency { get; private init; }

    /// <summary>It is neither won, nor lost, nor abandoned.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>0 to 100; null when the opportunity has none of its own, and that of its stage holds.</summary>
    public long? WinProbability { get; private init; }

    public static OpportunityFigures Of(CopperOpportunity opportunity) => new()
    {
        PipelineId = opportunity.PipelineId,
        StageId = opportunity.PipelineStageId,
        AssigneeId = opportunity.AssigneeId,
        Value = opportunity.MonetaryValue ?? 0,
        Currency = opportunity.MonetaryUnit,
        ConvertedValue = opportunity.ConvertedValue,
        ConvertedCurrency = opportunity.ConvertedUnit,
        IsOpen = Certain(opportunity.Status) is null,
        WinProbability = Certain(opportunity.Status) ?? opportunity.WinProbability,
    };

    /// <summary>An opportunity that came out of a job or a file: its properties are there, its type is not.</summary>
    public static OpportunityFigures Of(PSObject past) => new()
    {
        PipelineId = Read<long?>(past, nameof(CopperOpportunity.PipelineId)),
        StageId = Read<long?>(past, nameof(CopperOpportunity.PipelineStageId)),
        AssigneeId = Read<long?>(past, nameof(CopperOpportunity.AssigneeId)),
        Value = Read<decimal?>(past, nameof(CopperOpportunity.MonetaryValue)) ?? 0,
        Currency = Read<string?>(past, nameof(CopperOpportunity.MonetaryUnit)),
        ConvertedValue = Read<decimal?>(past, nameof(CopperOpportunity.ConvertedValue)),
        ConvertedCurrency = Read<string?>(past, nameof(CopperOpportunity.ConvertedUnit)),
        IsOpen = Certain(Read<string?>(past, nameof(CopperOpportunity.Status))) is null,
        WinProbability = Certain(Read<string?>(past, nameof(CopperOpportunity.Status)))
            ?? Read<long?>(past, nameof(CopperOpportunity.WinProbability)),
    };

    /// <summary>What is over is no longer a matter of probability.</summary>
    private static long? Certain(string? status) => status?.ToUpperInvariant() switch
    {
        "WON" => 100,
        "LOST" or "ABANDONED" => 0,
        _ => null,
    };

    private static T? Read<T>(PSObject past, string property) =>
        past.Properties[property]?.Value is { } value && LanguagePrimitives.TryConvertTo<T>(value, out var result) ? result : default;
}
