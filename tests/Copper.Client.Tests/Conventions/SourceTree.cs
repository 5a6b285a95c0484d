using System.Reflection;

namespace Copper.Client.Tests.Conventions;

/// <summary>The files of the repository, for rules about the sources themselves.</summary>
internal static class SourceTree
{
    /// <summary>The directory of the repository.</summary>
    public static string Root { get; } = typeof(SourceTree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == "RepositoryRoot").Value!;

    /// <summary>The projects below src.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).OfType<string>()
        .Where(static name => File.Exists(Path.Combine(Root, "src", name, name + ".csproj"))).Order(StringComparer.Ordinal)];

    /// <summary>The C# files of a project by their paths within the repository, with slashes.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Files(string project) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        orderby path
        select (path, File.ReadAllLines(file));

    /// <summary>The C# files and scripts of the whole repository: sources, tests, tasks, samples, measurements.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Code =>
        from folder in new[] { ".", "bench", "build", "samples", "src", "tests" }
        from file in Directory.EnumerateFiles(
            Path.Combine(Root, folder), "*", folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".ps1" or ".psm1" or ".psd1"
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        orderby path
        select (path, File.ReadAllLines(file));

    /// <summary>The text of a file of the repository.</summary>
    public static string Text(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));
}
