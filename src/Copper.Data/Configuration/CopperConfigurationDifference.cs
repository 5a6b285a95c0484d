namespace Copper.Data.Configuration;

/// <summary>In what a file and an account differ.</summary>
public enum ConfigurationChange
{
    /// <summary>The file has it, and the account has not.</summary>
    Missing,

    /// <summary>Both have it, with other values.</summary>
    Different,

    /// <summary>The account has it, and the file has not.</summary>
    Extra,
}

/// <summary>What brings an account in line with a file.</summary>
public enum ConfigurationRemedy
{
    /// <summary>An import of the configuration.</summary>
    Import,

    /// <summary>An import that also deletes what the file does not have.</summary>
    Prune,

    /// <summary>Somebody has to do it: the service lets no program do it.</summary>
    ByHand,
}

/// <summary>In what the configuration of an account differs from a file.</summary>
public sealed class CopperConfigurationDifference
{
    /// <summary>In what they differ.</summary>
    public ConfigurationChange Change { get; init; }

    /// <summary>What it is, for example custom field, option, pipeline stage.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>Its name, for example <c>Region (company)</c>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The property that is different; null when all of it is missing, or is extra.</summary>
    public string? Property { get; init; }

    /// <summary>What the file says; null for nothing.</summary>
    public string? InFile { get; init; }

    /// <summary>What the account has; null for nothing.</summary>
    public string? InAccount { get; init; }

    /// <summary>What brings the account in line.</summary>
    public ConfigurationRemedy Remedy { get; init; }

    /// <summary>What to do, in a sentence.</summary>
    public string ToDo { get; init; } = string.Empty;

    /// <summary>For example <c>Missing: custom field 'Region (company)'</c>.</summary>
    public override string ToString() => $"{Change}: {Kind} '{Name}'{(Property is null ? string.Empty : $" ({Property})")}";
}
