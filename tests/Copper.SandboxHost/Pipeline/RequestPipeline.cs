using Copper.Sandbox;
using Copper.SandboxHost.Endpoints;
using Copper.SandboxHost.Faults;

namespace Copper.SandboxHost.Pipeline;

/// <summary>
/// The way of every request that is not a control request: counted and recorded when its headers are there, held back,
/// hit by a fault if one is armed, responded to.
/// </summary>
internal sealed class RequestPipeline(SandboxHostServer server)
{
    public async Task HandleAsync(HttpContext context, CancellationToken stopping)
    {
        string? apiPath = SandboxPath.BelowBase(context.Request.Path);
        string path = apiPath ?? (HubEndpoint.IsAt(context.Request.Path) ? HubEndpoint.PathOf(context.Request) : context.Request.Path);
        var admission = apiPath is null ? Unlimited() : server.Sandbox.Admit(apiPath);

        // Before the journal shows the request: whoever has seen it there knows that its fault hits no other.
        var fault = server.Faults.Take(context.Request.Method, path);
        var entry = server.Journal.Begin(context, path, admission.ReceivedAt);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            var endpoint = EndpointFor(context.Request.Path);
            string? body = await endpoint.ReadBodyAsync(context.Request, cancellation.Token);
            entry.Body = endpoint.DescribeBody(body);
            var request = new SandboxRequest(
                context.Request.Method,
                path,
                SandboxPath.ParseQuery(context.Request.QueryString.Value),
                context.Request.Headers
                    .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body);
            entry.Authenticated = server.Sandbox.IsAuthenticated(request);
            var exchange = new Exchange(context, request, admission, server.Journal, entry, cancellation.Token);
            await RespondAsync(exchange, endpoint, fault);
        }
        catch (OperationCanceledException)
        {
            entry.Aborted = true;
            context.Abort();
        }
        finally
        {
            server.Journal.End(entry);
        }
    }

    private async Task RespondAsync(Exchange exchange, HostEndpoint endpoint, Fault? fault)
    {
        var delay = server.Latency.Next();
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, exchange.Cancellation);
        }

        if (fault is not null)
        {
            await FaultInjector.RunAsync(exchange, fault, () => endpoint.Respond(exchange));
        }
        else
        {
            await ReplyWriter.SendAsync(exchange, server.Pages is not { } pages ? endpoint.Respond(exchange)
                : pages.Respond(exchange, () => endpoint.Respond(exchange)));
        }
    }

    /// <summary>The limits are the API's own.</summary>
    private static SandboxAdmission Unlimited() => new(DateTimeOffset.UtcNow, Allowed: true, TimeSpan.Zero);

    private HostEndpoint EndpointFor(PathString path) =>
        path.StartsWithSegments(SandboxPath.Base) ? new ApiEndpoint(server.Sandbox)
        : HubEndpoint.IsAt(path) ? new HubEndpoint(server.Hub)
        : path == OAuthEndpoint.Path ? new OAuthEndpoint(server.Sandbox, server.Options.OAuthClient)
        : path == StorageEndpoint.Path ? new StorageEndpoint(server.Sandbox)
        : new UnknownEndpoint();
}
