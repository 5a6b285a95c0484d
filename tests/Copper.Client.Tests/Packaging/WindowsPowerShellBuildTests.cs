using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Copper.Client.Tests.Packaging;

/// <summary>
/// powershell.exe has no binding redirects for modules: an assembly of bin/net472 that asks for another version of its neighbour
/// than the one that lies there fails to load, on the user's machine and not before.
/// </summary>
public sealed class WindowsPowerShellBuildTests
{
    private static readonly string[] Files = Directory.GetFiles(
        typeof(WindowsPowerShellBuildTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "WindowsPowerShellBuild").Value!,
        "*.dll");

    [Fact]
    public void Ships_our_assemblies_and_what_dotnet_framework_lacks()
    {
        var names = Files.Select(Path.GetFileNameWithoutExtension);

        Assert.Superset(
            new HashSet<string?> { "CopperPS", "Copper.Client", "Copper.Data", "Copper.Sandbox", "System.Text.Json" }, names.ToHashSet());
    }

    [Fact]
    public void Asks_for_exactly_the_versions_that_it_ships()
    {
        var shipped = Files.Select(AssemblyName.GetAssemblyName).ToDictionary(name => name.Name!, name => name.Version);

        var mismatches =
            from file in Files
            from reference in ReferencesOf(file)
            where shipped.TryGetValue(reference.Name!, out var version) && version != reference.Version
            select $"{Path.GetFileName(file)} asks for {reference.Name} {reference.Version}, but {shipped[reference.Name!]} is shipped";

        Assert.Empty(mismatches);
    }

    private static AssemblyName[] ReferencesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())];
    }
}
