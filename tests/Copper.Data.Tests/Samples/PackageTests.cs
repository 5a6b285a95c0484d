using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Copper.Data.Tests.Samples;

/// <summary>The packages, as a program of somebody else gets them: from a feed, into an empty folder.</summary>
public sealed class PackageTests
{
    private const string Program = """
        using Copper.Client;
        using Copper.Data.ChangeFeed;

        using var client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey("you@example.com", "key"),
            Handler = new Service(),
        });
        var person = await client.People.UpdateAsync(7, new PersonUpdate { Title = null });
        Console.WriteLine($"{person.Name}, {new ChangeFeedOptions().Entities.Count} entities");

        sealed class Service : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                Console.WriteLine($"{request.Method} {request.RequestUri} {await request.Content!.ReadAsStringAsync(cancellationToken)}");
                return new HttpResponseMessage { Content = new StringContent("{\"id\":7,\"name\":\"Ada Lovelace\"}") };
            }
        }
        """;

    [Fact]
    public async Task A_fresh_console_program_uses_them()
    {
        var folder = Directory.CreateTempSubdirectory("copper-package-").FullName;
        try
        {
            var feed = Path.Combine(folder, "feed");
            foreach (var package in new[] { "Copper.Client", "Copper.Data" })
            {
                await DotnetAsync(
                    folder, "pack", Path.Combine(SampleProgram.Root, "src", package), "--configuration", SampleProgram.Configuration,
                    "--output", feed, "--verbosity", "quiet");
            }

            var version = Check(Directory.GetFiles(feed, "Copper.Client.*.nupkg").Single(), "Copper.Client");
            Check(Directory.GetFiles(feed, "Copper.Data.*.nupkg").Single(), "Copper.Data");

            var program = Directory.CreateDirectory(Path.Combine(folder, "program")).FullName;
            File.WriteAllText(Path.Combine(program, "Program.cs"), Program);
            File.WriteAllText(Path.Combine(program, "nuget.config"), $"""
                <configuration>
                  <packageSources><clear /><add key="feed" value="{feed}" /></packageSources>
                </configuration>
                """);
            File.WriteAllText(Path.Combine(program, "Program.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                    <RestorePackagesPath>packages</RestorePackagesPath>
                  </PropertyGroup>
                  <ItemGroup><PackageReference Include="Copper.Data" Version="{version}" /></ItemGroup>
                </Project>
                """);
            var output = await DotnetAsync(program, "run");

            Assert.Contains("PUT https://api.copper.com/developer_api/v1/people/7 {\"title\":null}", output, StringComparison.Ordinal);
            Assert.Contains("Ada Lovelace, 6 entities", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a package must have to be a good one; returns its version.</summary>
    private static string Check(string path, string id)
    {
        using var package = ZipFile.OpenRead(path);
        var files = package.Entries.Select(static entry => entry.FullName).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "README.md", "icon.png", $"lib/net8.0/{id}.dll", $"lib/net8.0/{id}.xml", $"lib/net472/{id}.dll", $"lib/net472/{id}.xml",
            },
            files);
        using var stream = package.GetEntry(id + ".nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        XElement Element(string name) => metadata.Elements().Single(element => element.Name.LocalName == name);
        Assert.Equal("MIT", Element("license").Value);
        Assert.Equal("icon.png", Element("icon").Value);
        Assert.Equal("git", Element("repository").Attribute("type")!.Value);
        Assert.NotEmpty(Element("description").Value);
        Assert.NotEmpty(Element("tags").Value);

        // Nothing of others comes with it where .NET has all that is needed.
        var dependencies = Element("dependencies").Elements()
            .Single(static group => group.Attribute("targetFramework")!.Value == "net8.0").Elements()
            .Select(static dependency => dependency.Attribute("id")!.Value);
        Assert.Equal(id == "Copper.Data" ? ["Copper.Client"] : [], dependencies);
        return Element("version").Value;
    }

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "--nologo"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (arguments[0] == "run")
        {
            start.ArgumentList.Remove("--nologo");
        }

        // No server of a build outlives the test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{await output}\n{await error}");
        return await output;
    }
}
