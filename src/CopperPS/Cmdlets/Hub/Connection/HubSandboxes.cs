using Copper.Client.Hub;
using Copper.Sandbox;

namespace CopperPS.Cmdlets.Hub.Connection;

/// <summary>Opens a CopperHub with demo data inside the process. Each one is an installation of its own.</summary>
internal static class HubSandboxes
{
    /// <summary>.invalid never resolves: nothing can leave this machine by mistake.</summary>
    private static readonly Uri Address = new("https://hub-sandbox.invalid");

    /// <summary>Points the options at a new installation and its administrator.</summary>
    public static void Open(CopperHubClientOptions options)
    {
        options.Handler = new HubSandboxMessageHandler(new HubSandbox());
        options.BaseUri = Address;
        options.Credential = new CopperHubCredential(HubSandboxOptions.DefaultUserName, HubSandboxOptions.DefaultPassword);
    }
}
