using System.Text.RegularExpressions;

namespace Copper.Client.Tests.Conventions;

/// <summary>
/// The folders of a project depend on each other in one direction only, so that a newcomer can read them in an order. A dependency is the
/// name of a type that is declared at the top level of one folder and stands in the code of another one.
/// </summary>
public sealed class FolderCircleTests
{
    private static readonly Regex Declaration = new(
        @"^(?:\[[^\]]*\]\s*)?(?:(?:public|internal|file|abstract|sealed|static|partial|readonly|ref|unsafe)\s+)*"
        + @"(?:class|struct|interface|enum|record(?:\s+struct)?|delegate\s+[\w<>?.,\[\]]+)\s+([A-Z]\w*)",
        RegexOptions.Multiline);

    private static readonly Regex NoCode = new(
        """//[^\n]*|/\*.*?\*/|\"{3,}.*?\"{3,}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|^using [^\n]*|^namespace [^\n]*""",
        RegexOptions.Singleline | RegexOptions.Multiline);

    /// <summary>A name after a dot is a member, unless what stands before the dot is a namespace.</summary>
    private static readonly Regex Name = new(@"(?:\b(?<before>\w+)\.|(?<dot>\.))?\b(?<name>[A-Z]\w*)\b");

    [Fact]
    public void No_two_folders_of_a_project_use_each_other() => KnownExceptions.Check(
        "folder-circles",
        SourceTree.Projects.SelectMany(static project => Circles(project).Select(circle => $"{project}: {circle}")),
        "these folders use each other now. Move a type to the folder where it belongs, or let the lower folder declare an interface that "
        + "the upper one implements.");

    [Theory]
    [InlineData("class A { B b; }", true)]
    [InlineData("class A { object b = x.B; }", false)]
    [InlineData("class A { object b = Second.B.Value; }", true)]
    [InlineData("// B\nclass A { string b = \"B\"; }", false)]
    public void A_dependency_is_the_name_of_a_type_in_the_code(string code, bool depends)
    {
        var circles = Circles([("First", code), ("Second", "class B { A a; }")]);

        Assert.Equal(depends, circles.Any());
    }

    private static IEnumerable<string> Circles(string project) => Circles(SourceTree.Files(project).Select(file =>
        (Folder: Path.GetDirectoryName(file.Path["src/".Length..])![project.Length..].Replace('\\', '/')
            .TrimStart('/') is { Length: > 0 } folder ? folder : "(root)",
            Code: string.Join('\n', file.Lines))));

    private static IEnumerable<string> Circles(IEnumerable<(string Folder, string Code)> files)
    {
        var code = files.Select(static file => (file.Folder, Code: NoCode.Replace(file.Code, " "))).ToArray();
        var folders = code.SelectMany(static file => file.Folder.Split('/')).ToHashSet(StringComparer.Ordinal);
        var declared = code
            .SelectMany(static file => Declaration.Matches(file.Code).Select(match => (Type: match.Groups[1].Value, file.Folder)))
            .Distinct()
            .ToLookup(static item => item.Type, static item => item.Folder);
        var uses = new HashSet<(string From, string To)>();
        foreach (var file in code)
        {
            foreach (var name in Name.Matches(file.Code)
                .Where(match =>
                    !match.Groups["dot"].Success && (!match.Groups["before"].Success || folders.Contains(match.Groups["before"].Value))))
            {
                // Where a name is declared in several folders, the one that is meant cannot be told.
                var places = declared[name.Groups["name"].Value].Concat(declared[name.Groups["name"].Value + "Attribute"]).Distinct()
                    .ToArray();
                if (places.Length == 1 && places[0] != file.Folder)
                {
                    uses.Add((file.Folder, places[0]));
                }
            }
        }

        return uses.Where(use => string.CompareOrdinal(use.From, use.To) < 0 && uses.Contains((use.To, use.From)))
            .Select(static use => $"{use.From} and {use.To}");
    }
}
