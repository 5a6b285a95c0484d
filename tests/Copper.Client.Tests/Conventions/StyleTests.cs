using System.Text.RegularExpressions;

namespace Copper.Client.Tests.Conventions;

/// <summary>What no compiler checks about the sources.</summary>
public sealed class StyleTests
{
    private const int LongestLine = 140;

    private static readonly Regex Forwarding = new(@"\bprotected( sealed)? override [^=]+=> [A-Za-z_.]+(\([^()]*\))?;");

    private static readonly Regex Literal = new(
        "\"(person|people|company|companies|lead|leads|opportunity|opportunities|project|projects|task|tasks|activity|activities|"
        + "user|users|activity_log)\"");

    [Fact]
    public void No_line_is_longer_than_140_characters() => KnownExceptions.CheckCounts(
        "long-lines",
        SourceTree.Code.Select(static file => (
            file.Path,
            (IReadOnlyList<int>)[.. Enumerable.Range(1, file.Lines.Length).Where(line => IsTooLong(file.Path, file.Lines[line - 1]))])),
        $"a line is longer than {LongestLine} characters. Wrap it.");

    [Fact]
    public void No_override_only_forwards_to_another_member() => KnownExceptions.Check(
        "forwarding-overrides",
        Paths(static (path, line) => path.StartsWith("src/CopperPS/Cmdlets/", StringComparison.Ordinal) && Forwarding.IsMatch(line)),
        "an override of this file only names another member. Declare what the class can do by an attribute, an interface or a "
        + "constructor argument.");

    [Fact]
    public void Words_of_entities_stand_in_the_registry_only() => KnownExceptions.Check(
        "entity-words",
        Paths(static (path, line) =>
            path is not ("src/Copper.Client/Models/CopperEntityNames.cs" or "src/Copper.Client/Entities/CopperEntities.cs")

            // Those of the CopperHub are words of another API, and the sandbox references nothing, so that it cannot agree with a wrong
            // word.
            && !path.StartsWith("src/Copper.Client/Hub/", StringComparison.Ordinal)
            && !path.StartsWith("src/Copper.Sandbox/", StringComparison.Ordinal)
            && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            && !line.Contains("[JsonPropertyName(", StringComparison.Ordinal)
            && Literal.IsMatch(line)),
        "a word of an entity stands here as text. Use CopperEntityNames, or ask CopperEntities for what depends on the kind of record.");

    // PowerShell reads a manifest as data, in which a text is one literal.
    private static bool IsTooLong(string path, string line) => line.Length > LongestLine
        && !(path == "CopperPS.psd1" && line.TrimStart().StartsWith("Description ", StringComparison.Ordinal));

    private static IEnumerable<string> Paths(Func<string, string, bool> isException) =>
        from project in SourceTree.Projects
        from file in SourceTree.Files(project)
        where file.Lines.Any(line => isException(file.Path, line))
        select file.Path;
}
