namespace Copper.SandboxHost;

/// <summary>A registered OAuth client and the one authorization code it can redeem.</summary>
public sealed class OAuthClient
{
    public string ClientId { get; set; } = "sandbox-client";

    public string ClientSecret { get; set; } = "sandbox-secret";

    public string RedirectUri { get; set; } = "https://localhost/callback";

    public string Code { get; set; } = "sandbox-code";
}
