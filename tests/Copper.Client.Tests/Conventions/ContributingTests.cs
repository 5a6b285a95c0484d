using System.Text.RegularExpressions;

namespace Copper.Client.Tests.Conventions;

/// <summary>CONTRIBUTING.md names what there is: a stranger follows it word by word.</summary>
public sealed class ContributingTests
{
    private static readonly string Page = SourceTree.Text("CONTRIBUTING.md");

    private static readonly string[] Words =
        [.. Regex.Matches(Page, "`([^`\n]+)`").Select(static match => match.Groups[1].Value).Distinct()];

    /// <summary>The folders that a reader has to know, by their paths below src.</summary>
    public static TheoryData<string> Folders => [.. new[] { "Copper.Client", "Copper.Data", "CopperPS", "CopperPS/Cmdlets" }
        .SelectMany(static parent => Directory.GetDirectories(Path.Combine(SourceTree.Root, "src", parent))
            .Select(folder => $"{parent}/{Path.GetFileName(folder)}"))
        .Where(static folder => Path.GetFileName(folder) is not ("bin" or "obj") && HasCode(folder))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_is_described(string folder) => Assert.True(
        Words.Contains(Path.GetFileName(folder)),
        $"CONTRIBUTING.md does not say what src/{folder} is for. Add `{Path.GetFileName(folder)}` to 'Where things live'.");

    [Fact]
    public void Its_paths_lead_somewhere()
    {
        var paths = Words.Where(static word => Regex.IsMatch(word, @"^(src|tests|docs|build|samples|bench)/[\w./-]+$"));

        Assert.All(paths, static path => Assert.True(
            Path.Exists(Path.Combine(SourceTree.Root, path)), $"CONTRIBUTING.md names {path}, which is not there. Name where it is now."));
        Assert.True(paths.Count() > 10);
    }

    [Fact]
    public void Its_tests_exist()
    {
        var files = SourceTree.Code.Select(static file => Path.GetFileName(file.Path)).ToHashSet(StringComparer.Ordinal);
        var tests = Words.Where(static word => Regex.IsMatch(word, @"^\w+Tests$|^[\w.]+\.Tests\.ps1$"));

        Assert.All(tests, test => Assert.True(
            files.Contains(test.EndsWith(".ps1", StringComparison.Ordinal) ? test : test + ".cs"),
            $"CONTRIBUTING.md names {test}, which is not there. Name the test that checks it now."));
        Assert.True(tests.Count() > 5);
    }

    /// <summary>Classes and members, whole words of the sources; the field that the page invents is none.</summary>
    [Fact]
    public void Its_names_are_those_of_the_sources()
    {
        var sources = string.Join('\n', SourceTree.Code.SelectMany(static file => file.Lines));
        var names = Words.Where(static word => Regex.IsMatch(word, @"^[A-Z]\w+(\.[A-Z]\w+)?$") && word != "CustomerTier");

        Assert.All(names, name => Assert.True(
            name.Split('.').All(part => Regex.IsMatch(sources, $@"\b{part}\b")),
            $"CONTRIBUTING.md names {name}, which no source has. Name what it is called now."));
        Assert.True(names.Count() > 20);
    }

    private static bool HasCode(string folder) =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src", folder), "*.cs", SearchOption.AllDirectories).Any();
}
