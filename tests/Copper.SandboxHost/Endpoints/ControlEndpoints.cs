using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.SandboxHost.Faults;

namespace Copper.SandboxHost.Endpoints;

/// <summary>
/// Remote control for tests in other processes, below /_sandbox: faults, journal, statistics, latency, reset, further servers.
/// Control requests need no credentials, count for no limit and do not show up in the journal.
/// </summary>
internal static class ControlEndpoints
{
    public const string Root = "/_sandbox";

    /// <summary>camelCase members, kebab-case words; unknown members are mistakes.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static void Map(WebApplication application, SandboxHostServer server)
    {
        application.MapPost(Root + "/faults", context => AddFaultsAsync(context, server));
        application.MapDelete(Root + "/faults", context => Do(context, server.Faults.Clear));
        application.MapGet(Root + "/journal", context => context.Response.WriteAsJsonAsync(server.Journal.Entries, Json));
        application.MapDelete(Root + "/journal", context => Do(context, server.Journal.Clear));
        application.MapGet(Root + "/stats", context => context.Response.WriteAsJsonAsync(HostStatistics.Of(server), Json));
        application.MapPost(Root + "/latency", context => SetLatencyAsync(context, server));
        application.MapPost(Root + "/hub/expire", context => Do(context, server.Hub.ExpireSessions));
        application.MapPost(Root + "/reset", context => ResetAsync(context, server));
        application.MapPost(Root + "/servers", context => StartServerAsync(context, server));
        application.MapDelete(Root + "/servers/{port:int}", (int port) => server.StopServerAsync(port));
    }

    public static Fault[] ParseFaults(string json) => JsonSerializer.Deserialize<Fault[]>(json, Json) ?? [];

    private static Task AddFaultsAsync(HttpContext context, SandboxHostServer server) => TryAsync(context, async () =>
    {
        foreach (var fault in await context.Request.ReadFromJsonAsync<Fault[]>(Json) ?? [])
        {
            server.Faults.Add(fault);
        }
    });

    /// <summary>Body: <c>{"ms":300}</c> or <c>{"minimumMs":100,"maximumMs":300}</c>.</summary>
    private static Task SetLatencyAsync(HttpContext context, SandboxHostServer server) => TryAsync(context, async () =>
    {
        var latency = await context.Request.ReadFromJsonAsync<Dictionary<string, int>>(Json) ?? [];
        int ms = latency.GetValueOrDefault("ms");
        server.Latency = new LatencyRange(latency.GetValueOrDefault("minimumMs", ms), latency.GetValueOrDefault("maximumMs", ms));
    });

    /// <summary>Body: optional settings of the account by the names of the command line,
    /// <c>{"people":450,"rate-limit":"none"}</c>.</summary>
    private static Task ResetAsync(HttpContext context, SandboxHostServer server) => TryAsync(context, async () =>
    {
        if (context.Request.ContentLength > 0)
        {
            var settings = await context.Request.ReadFromJsonAsync<Dictionary<string, JsonElement>>(Json) ?? [];
            foreach (var setting in settings)
            {
                AccountSettings.Apply(server.Options.Account, setting.Key, setting.Value.ToString());
            }
        }

        server.Reset();
    });

    /// <summary>Body: the options of the command line, <c>["--people","450"]</c>. Responds with the address of the new server.</summary>
    private static async Task StartServerAsync(HttpContext context, SandboxHostServer server)
    {
        try
        {
            var line = CommandLine.Parse(await context.Request.ReadFromJsonAsync<string[]>(Json) ?? []);
            var started = await server.StartServerAsync(line.Options);
            await context.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["baseUri"] = started.BaseUri.AbsoluteUri }, Json);
        }
        catch (Exception error) when (error is JsonException or FormatException or OverflowException or ArgumentException or IOException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(error.Message);
        }
    }

    private static Task Do(HttpContext context, Action action)
    {
        action();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task TryAsync(HttpContext context, Func<Task> action)
    {
        try
        {
            await action();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(error.Message);
        }
    }
}
