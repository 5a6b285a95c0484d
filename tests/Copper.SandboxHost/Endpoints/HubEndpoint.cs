using Copper.Sandbox;
using Copper.SandboxHost.Pipeline;

namespace Copper.SandboxHost.Endpoints;

/// <summary>The CopperHub, at /hub/index.php. For faults and in the journal its path is <c>/hub/{action}</c>.</summary>
internal sealed class HubEndpoint(HubSandbox hub) : HostEndpoint
{
    public const string Base = "/hub";

    private const string Page = Base + "/index.php";

    public static bool IsAt(PathString path) => path == Page;

    public static string PathOf(HttpRequest request) => $"{Base}/{request.Query["action"]}";

    public override string? DescribeBody(string? body) => HubSandbox.MaskForm(body);

    public override SandboxReply Respond(Exchange exchange) => hub.Handle(exchange.Request);
}
