using System.Reflection;

namespace Copper.Client.Tests.Faults;

/// <summary>The table of docs/reliability.md: what users are told is what is tested.</summary>
internal static class ReliabilityTable
{
    private static readonly string[][] Lines = Read();

    public static IReadOnlyList<string> Operations { get; } = Lines[0][1..^1];

    public static IReadOnlyList<string> Faults { get; } = [.. Lines.Skip(1).Select(static line => line[0])];

    /// <summary>What a user sees.</summary>
    public static string Cell(string fault, string operation) => Row(fault)[1 + Operations.ToList().IndexOf(operation)];

    /// <summary>The id of the error; empty where there is none.</summary>
    public static string ErrorId(string fault) => Row(fault)[^1];

    private static string[] Row(string fault) => Lines.Single(line => line[0] == fault);

    private static string[][] Read()
    {
        var root = typeof(ReliabilityTable).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "RepositoryRoot").Value!;
        return [.. File.ReadLines(Path.Combine(root, "docs", "reliability.md"))
            .SkipWhile(static line => !line.StartsWith("| what goes wrong |", StringComparison.Ordinal))
            .TakeWhile(static line => line.StartsWith('|'))
            .Where(static line => !line.StartsWith("| --- |", StringComparison.Ordinal))
            .Select(static line => line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray())];
    }
}
