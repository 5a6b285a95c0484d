using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Copper.Data.Tests.Samples;

public sealed class ReadmeTests
{
    [Theory]
    [InlineData("Copper.Client", 7)]
    [InlineData("Copper.Data", 5)]
    public void Every_line_of_code_in_a_readme_is_compiled(string package, int blocks)
    {
        var compiled = new[] { "tests/Copper.Data.Tests/Samples/ReadmeExamples.cs", "samples/CopperServices.cs" }
            .SelectMany(static file => File.ReadAllLines(Path.Combine(SampleProgram.Root, file)))
            .Select(static line => line.Trim()).ToHashSet();
        var readme = File.ReadAllText(Path.Combine(SampleProgram.Root, "src", package, "README.md"));
        var code = Regex.Matches(readme, "```csharp\r?\n(.*?)```", RegexOptions.Singleline);

        Assert.Equal(blocks, code.Count);
        foreach (Match block in code)
        {
            var lines = block.Groups[1].Value.Split('\n').Select(static line => line.Trim())
                .Select(static line => line.Replace("sealed class", "internal sealed class", StringComparison.Ordinal)
                    .Replace("static class", "internal static class", StringComparison.Ordinal));
            Assert.Subset(compiled, lines.ToHashSet());
        }
    }

    [Fact]
    public async Task The_code_runs()
    {
        using var account = new SandboxAccount();
        var folder = Directory.CreateTempSubdirectory("copper-readme-");
        try
        {
            using var client = new Copper.Client.CopperClient(new Copper.Client.CopperClientOptions
            {
                Identity = Copper.Client.CopperIdentity.FromApiKey(
                    Copper.Sandbox.SandboxOptions.DefaultUserEmail, Copper.Sandbox.SandboxOptions.DefaultApiKey),
                Handler = new Copper.Sandbox.SandboxMessageHandler(account.Sandbox),
                RateLimits = [],
                LoadNames = true,
            });
            await ReadmeExamples.StartAsync(client);
            await ReadmeExamples.FailAsync(client, 999_999_999);
            await ReadmeExamples.GoOnAsync(
                client, "a secret", """{"ids":[7],"type":"person","event":"update","key":"a secret"}"""u8.ToArray());
            await ReadmeExamples.ReadChangesAsync(account.Client, Path.Combine(folder.FullName, "state"));
            var csv = Path.Combine(folder.FullName, "people.csv");
            await File.WriteAllTextAsync(csv, "Name,Email,Title\nAda Lovelace,ada@analytical.example,Countess\n");
            await ReadmeExamples.BackUpAsync(account.Client, Path.Combine(folder.FullName, "backup"));
            await ReadmeExamples.ImportAsync(account.Client, csv, Path.Combine(folder.FullName, "journal"));
            using (var snapshot = CopperSnapshot.Open(Path.Combine(folder.FullName, "backup")))
            {
                await ReadmeExamples.GoBackAsync(account.Client, snapshot, Path.Combine(folder.FullName, "journal"));
            }

            await ReadmeExamples.MergeAsync(account.Client);
            Assert.Equal("Ada Lovelace", (await new ReadmeExamples.FakeClient().People.Search().FirstOrDefaultAsync())?.Name);
            Assert.NotNull(await account.Client.FindPersonByEmailAsync("ada@analytical.example"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var services = new ServiceCollection();
        ReadmeExamples.Register(services, "key");
        await using var provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<Copper.Client.CopperClient>());
        Assert.NotNull(ReadmeExamples.Connect("key"));
        Assert.NotNull(new ReadmeExamples.FakePeople().Search(new Copper.Client.SearchQuery()));
    }
}
