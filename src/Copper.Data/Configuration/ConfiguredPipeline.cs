using Copper.Client.Models;

namespace Copper.Data.Configuration;

/// <summary>A pipeline of a configuration.</summary>
public sealed class ConfiguredPipeline
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What the pipeline is for, in the service's word; null where the service does not say.</summary>
    public string? Type { get; init; }

    /// <summary>The stages in their order.</summary>
    public IReadOnlyList<ConfiguredStage> Stages { get; init; } = [];

    internal static ConfiguredPipeline Of(CopperPipeline pipeline) => new()
    {
        Name = pipeline.Name ?? string.Empty,
        Type = pipeline.Type,
        Stages = [.. pipeline.Stages.Select(static stage => new ConfiguredStage
        {
            Name = stage.Name ?? string.Empty, WinProbability = stage.WinProbability,
        })],
    };

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A stage of a pipeline of a configuration.</summary>
public sealed class ConfiguredStage
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>How likely an opportunity in this stage is won, in per cent; null where the service does not say.</summary>
    public long? WinProbability { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
