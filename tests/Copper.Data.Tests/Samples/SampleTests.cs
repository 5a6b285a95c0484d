using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Sandbox;
using Copper.SandboxHost;

namespace Copper.Data.Tests.Samples;

/// <summary>The sample programs, run as a user runs them, against a service on this machine.</summary>
public sealed class SampleTests : IAsyncLifetime
{
    private const string Secret = "a-secret-of-the-subscription";
    private SandboxHostServer _host = null!;

    public async Task InitializeAsync()
    {
        var options = new SandboxHostOptions();
        (options.Account.People, options.Account.Companies, options.Account.Leads) = (30, 3, 2);
        (options.Account.Opportunities, options.Account.Tasks, options.Account.Projects, options.Account.Activities) = (2, 2, 2, 2);
        _host = await SandboxHostServer.StartAsync(options);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_console_program_does_its_tour()
    {
        using var sample = new SampleProgram("Copper.Client.Demo", new Dictionary<string, string>());

        Assert.Equal(0, await sample.EndAsync());
        Assert.Matches(@"\d+ records, \d+ requests, [\d.]+ seconds", sample.Output);
    }

    [Fact]
    public async Task The_receiver_answers_a_flood_at_once_and_takes_nothing_that_is_not_verified()
    {
        const int Count = 400;
        using var sample = new SampleProgram("WebhookReceiver", Settings(("ASPNETCORE_URLS", "http://127.0.0.1:0")));
        var listening = new Regex("Now listening on: (http://[0-9.:]+)");
        var address = new Uri(listening.Match(await sample.WaitForAsync(listening.IsMatch)).Groups[1].Value + "/copper");
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Notification(1, "somebody else's")));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("{ \"ids\": [] }"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("no JSON"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(new string(' ', 300 * 1024)));

        var statuses = new HttpStatusCode[Count];
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
            statuses[number] = await PostAsync(Notification((number % 30) + 1, Secret)));
        Assert.All(statuses, static status => Assert.Equal(HttpStatusCode.OK, status));
        var output = await sample.WaitForAsync(static text => Regex.Count(text, "update person") == Count);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);

        async Task<HttpStatusCode> PostAsync(string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(address, content);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task The_worker_feeds_changes_until_it_is_stopped()
    {
        var folder = Directory.CreateTempSubdirectory("copper-feed-");
        try
        {
            using var sample = new SampleProgram(
                "ChangeFeedWorker", Settings(("Copper__Folder", folder.FullName), ("Copper__Interval", "00:00:01")));
            await sample.WaitForAsync(static text => Regex.IsMatch(text, @"\d\d+ changes\."));
            using var client = new CopperClient(new CopperClientOptions
            {
                Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
                BaseUri = _host.BaseUri,
                RateLimits = [],
            });
            var person = await client.People.CreateAsync(new PersonCreate { Name = "Ada Lovelace" });
            var file = Path.Combine(folder.FullName, "changes.jsonl");

            await sample.WaitForAsync(
                _ => ReadShared(file).Contains($"\"id\":{person.Id},\"name\":\"Ada Lovelace\"", StringComparison.Ordinal));

            Assert.DoesNotContain("fail", sample.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static string Notification(int id, string secret) =>
        $$"""
        { "ids": [{{id}}], "type": "person", "event": "update", "subscription_id": 1, "key": "{{secret}}",
          "timestamp": "2026-11-30T10:00:00.000Z" }
        """;

    private Dictionary<string, string> Settings(params (string Name, string Value)[] further)
    {
        var settings = new Dictionary<string, string>
        {
            ["Copper__UserEmail"] = SandboxOptions.DefaultUserEmail,
            ["Copper__ApiKey"] = SandboxOptions.DefaultApiKey,
            ["Copper__BaseUri"] = _host.BaseUri.OriginalString,
            ["Copper__WebhookSecret"] = Secret,
        };
        foreach (var (name, value) in further)
        {
            settings[name] = value;
        }

        return settings;
    }
}
