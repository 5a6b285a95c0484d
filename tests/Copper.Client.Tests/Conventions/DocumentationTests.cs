using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Copper.Client.Tests.Conventions;

/// <summary>Cmdlets have a page and belong to a task; public types have XML documentation; work that can take time can be
/// cancelled.</summary>
public sealed class DocumentationTests
{
    /// <summary>The cmdlets by their classes, so that one that the manifest does not export yet counts too.</summary>
    public static TheoryData<string> Cmdlets => [.. SourceTree.Files("CopperPS")
        .SelectMany(static file => Regex.Matches(string.Join('\n', file.Lines), @"\[Cmdlet\(Verbs\w+\.(\w+),\s*""(Copper\w*)"""))
        .Select(static match => $"{match.Groups[1].Value}-{match.Groups[2].Value}").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_is_exported_and_has_a_page_and_a_task(string cmdlet)
    {
        // All at once, so that one run is enough.
        var missing = new[]
        {
            SourceTree.Text("CopperPS.psd1").Contains($"'{cmdlet}'", StringComparison.Ordinal)
                ? null
                : $"CopperPS.psd1 does not export {cmdlet}. Add it to CmdletsToExport first: ./build.ps1 docs and other tests see only "
                + "exported cmdlets.",
            File.Exists(Path.Combine(SourceTree.Root, "docs", "en-US", cmdlet + ".md"))
                ? null
                : $"docs/en-US/{cmdlet}.md is missing. Run ./build.ps1 docs, then write the descriptions and two examples.",
            SourceTree.Text("docs", "cmdlets-by-task.psd1").Contains($"'{cmdlet}'", StringComparison.Ordinal)
                ? null
                : $"docs/cmdlets-by-task.psd1 does not list {cmdlet}. Add it to a task, from which ./build.ps1 docs writes "
                + "docs/en-US/CopperPS.md.",
        }.OfType<string>().ToArray();
        Assert.True(missing.Length == 0, string.Join(Environment.NewLine, missing));
    }

    [Fact]
    public void Every_public_type_has_documentation()
    {
        foreach (var assembly in new[] { typeof(CopperClient).Assembly, typeof(Copper.Sandbox.CopperSandbox).Assembly })
        {
            var documented = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
                .Where(static member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
                .Select(static member => member.Attribute("name")!.Value)
                .ToHashSet(StringComparer.Ordinal);

            Assert.All(assembly.GetExportedTypes(), type => Assert.True(
                documented.Contains("T:" + type.FullName!.Replace('+', '.')), $"{type.FullName} has no <summary>. Say what it is for."));
        }
    }

    [Fact]
    public void Every_public_method_that_waits_takes_a_token()
    {
        var methods =
            from type in typeof(CopperClient).Assembly.GetExportedTypes()
            where !typeof(Delegate).IsAssignableFrom(type)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where typeof(Task).IsAssignableFrom(method.ReturnType)
                || (method.ReturnType is { IsGenericType: true } result && result.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
            where !method.GetParameters().Any(static parameter => parameter.ParameterType == typeof(CancellationToken))
            select $"{type.Name}.{method.Name}";

        Assert.All(methods, static method =>
            Assert.Fail($"{method} waits for something and cannot be cancelled. "
                + "Add a parameter CancellationToken cancellationToken = default."));
    }
}
