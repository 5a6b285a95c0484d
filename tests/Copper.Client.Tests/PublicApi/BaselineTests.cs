using System.Reflection;
using Copper.Client.Tests.Conventions;
using PublicApiGenerator;

namespace Copper.Client.Tests.PublicApi;

/// <summary>
/// The public API of the packages, as it was agreed on. A change of it is seen in a review: it may break programs that are compiled
/// against an earlier version.
/// </summary>
public sealed class BaselineTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        ExcludeAttributes =
        [
            "System.Text.Json.Serialization.JsonConverterAttribute", "System.Text.Json.Serialization.JsonRequiredAttribute",
            "System.Text.Json.Serialization.JsonIgnoreAttribute", "System.Text.Json.Serialization.JsonExtensionDataAttribute",
            "System.Text.Json.Serialization.JsonPropertyNameAttribute", "System.Diagnostics.CodeAnalysis.SuppressMessageAttribute",
            "System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute",
        ],
    };

    [Theory]
    [InlineData("Copper.Client")]
    [InlineData("Copper.Data")]
    public void The_public_api_is_the_agreed_one(string package)
    {
        var path = Path.Combine(SourceTree.Root, "src", package, "PublicApi.txt");
        var actual = Assembly.Load(package).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var agreed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : string.Empty;
        if (actual != agreed && Environment.GetEnvironmentVariable("COPPER_UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        var difference = Differences(agreed, actual);
        Assert.True(
            actual == agreed,
            $"The public API of {package} has changed. If that is meant, run this test once with COPPER_UPDATE_PUBLIC_API=1 in the "
                + $"environment, and commit src/{package}/PublicApi.txt. The differences:\n{difference}");
    }

    private static string Differences(string agreed, string actual)
    {
        var (before, after) = (agreed.Split('\n'), actual.Split('\n'));
        return string.Join('\n', before.Except(after).Select(static line => "- " + line.Trim())
            .Concat(after.Except(before).Select(static line => "+ " + line.Trim())).Take(60));
    }
}
