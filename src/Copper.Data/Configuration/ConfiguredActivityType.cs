using Copper.Client.Models;

namespace Copper.Data.Configuration;

/// <summary>A custom activity type of a configuration.</summary>
public sealed class ConfiguredActivityType
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The picture, by the service's word for it.</summary>
    public string? Icon { get; init; }

    /// <summary>The type is switched off.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>An activity of this type counts as an interaction.</summary>
    public bool IsInteraction { get; init; }

    /// <summary>The type of the account; null for one of a file.</summary>
    internal CopperCustomActivityType? Setting { get; init; }

    internal static ConfiguredActivityType Of(CopperCustomActivityType type) => new()
    {
        Name = type.Name ?? string.Empty,
        Icon = type.IconType,
        IsDisabled = type.IsDisabled ?? false,
        IsInteraction = type.IsInteraction ?? false,
        Setting = type,
    };

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
