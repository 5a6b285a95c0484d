using System.Text.RegularExpressions;

namespace Copper.SandboxHost.Faults;

/// <summary>The requests a fault is meant for.</summary>
public sealed record FaultMatch
{
    /// <summary>HTTP method; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>Regular expression for the path below /developer_api/v1; null for any.</summary>
    public string? Path { get; init; }

    /// <summary>How many matching requests go through untouched first.</summary>
    public int After { get; init; }

    internal bool Matches(string method, string path) =>
        (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (Path is null || Regex.IsMatch(path, Path, RegexOptions.CultureInvariant));
}
