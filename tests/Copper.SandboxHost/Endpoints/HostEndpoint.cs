using System.Text;
using Copper.Sandbox;
using Copper.SandboxHost.Pipeline;

namespace Copper.SandboxHost.Endpoints;

/// <summary>One of the services the host plays.</summary>
internal abstract class HostEndpoint
{
    public abstract SandboxReply Respond(Exchange exchange);

    /// <summary>The body as the journal shows it: without secrets.</summary>
    public virtual string? DescribeBody(string? body) => body;

    /// <summary>The body as text; null if there is none.</summary>
    public virtual async Task<string?> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(cancellation);
        return body.Length == 0 ? null : body;
    }

    protected static SandboxReply Json(int status, string json) => new(
        status,
        new Dictionary<string, string> { ["Content-Type"] = "application/json; charset=utf-8" },
        Encoding.UTF8.GetBytes(json));
}

/// <summary>The Copper API.</summary>
internal sealed class ApiEndpoint(CopperSandbox sandbox) : HostEndpoint
{
    public override SandboxReply Respond(Exchange exchange) => sandbox.Handle(exchange.Request, exchange.Admission);
}

/// <summary>An address without an endpoint.</summary>
internal sealed class UnknownEndpoint : HostEndpoint
{
    public override SandboxReply Respond(Exchange exchange) => Json(404, "{\"error\":\"not_found\"}");
}
