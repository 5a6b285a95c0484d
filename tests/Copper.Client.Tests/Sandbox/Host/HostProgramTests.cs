using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Copper.SandboxHost;

namespace Copper.Client.Tests.Sandbox.Host;

public class HostProgramTests
{
    [Fact]
    public async Task It_says_where_it_listens_and_stops_when_its_input_is_closed()
    {
        using var process = Start("--people", "2", "--exit-with-stdin");
        string? line = await process.StandardOutput.ReadLineAsync();

        Assert.Matches(@"^LISTENING http://127\.0\.0\.1:\d+/developer_api/v1$", line);
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
    }

    [Theory]
    [InlineData("--nonsense", "1")]
    [InlineData("--people", "many")]
    [InlineData("--people")]
    [InlineData("people")]
    [InlineData("--rate-limit", "fast")]
    public async Task Wrong_options_are_explained(params string[] arguments)
    {
        using var process = Start(arguments);
        string explanation = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("--people", explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("36/6s,180/60s,600/600s,3/1s", "--rate-limit", "default")]
    [InlineData("36/6s,180/60s,600/600s", "--bulk-limit", "none", "--rate-limit", "default")]
    [InlineData("5/1s,9/2s", "--rate-limit", "5/1s", "--rate-limit", "9/2s")]
    [InlineData("2/1s", "--bulk-limit", "2/1s")]
    [InlineData("")]
    public async Task Limits_are_given_on_the_command_line(string limits, params string[] arguments)
    {
        using var process = Start([.. arguments, "--people", "1", "--exit-with-stdin"]);
        string address = (await process.StandardOutput.ReadLineAsync())!.Split(' ')[1];
        using var client = new HttpClient();

        var statistics = await client.GetFromJsonAsync<JsonNode>(new Uri(new Uri(address), "/_sandbox/stats"));
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        Assert.Equal(limits, string.Join(',', statistics!["windows"]!.AsArray().Select(window => (string?)window!["limit"])));
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(SandboxHostServer).Assembly.Location);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
