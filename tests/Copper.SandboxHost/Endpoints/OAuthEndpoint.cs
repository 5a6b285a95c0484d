using System.Text.Json;
using Copper.Sandbox;
using Copper.SandboxHost.Pipeline;

namespace Copper.SandboxHost.Endpoints;

/// <summary>POST /oauth/token: exchanges the authorization code for an access token that the API then accepts.</summary>
/// <remarks>Source: developer.copper.com/introduction/oauth. The errors follow RFC 6749, as the page shows none.</remarks>
internal sealed class OAuthEndpoint(CopperSandbox sandbox, OAuthClient client) : HostEndpoint
{
    public const string Path = "/oauth/token";

    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly string[] SecretFields = ["code", "client_secret"];

    public override string? DescribeBody(string? body) => body is null
        ? null
        : string.Join('&', SandboxPath.ParseQuery(body).Select(field =>
            field.Key + "=" + (SecretFields.Contains(field.Key) ? SecretMask.Mask(field.Value) : field.Value)));

    public override SandboxReply Respond(Exchange exchange)
    {
        var form = SandboxPath.ParseQuery(exchange.Request.Body);
        bool isForm = exchange.Request.Headers.TryGetValue("Content-Type", out string? type)
            && type.StartsWith(FormType, StringComparison.OrdinalIgnoreCase);
        if (exchange.Request.Method != "POST" || !isForm)
        {
            return Json(400, "{\"error\":\"invalid_request\"}");
        }

        if (!Has("client_id", client.ClientId) || !Has("client_secret", client.ClientSecret))
        {
            return Json(401, "{\"error\":\"invalid_client\"}");
        }

        if (!Has("grant_type", "authorization_code"))
        {
            return Json(400, "{\"error\":\"unsupported_grant_type\"}");
        }

        return Has("code", client.Code) && Has("redirect_uri", client.RedirectUri)
            ? IssueToken()
            : Json(400, "{\"error\":\"invalid_grant\"}");

        bool Has(string field, string value) => form.TryGetValue(field, out string? sent) && sent == value;
    }

    private SandboxReply IssueToken()
    {
        string token = Guid.NewGuid().ToString("N");
        sandbox.AcceptBearerToken(token);
        return Json(200, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["access_token"] = token,
            ["token_type"] = "Bearer",
            ["scope"] = "developer/v1/all",
        }));
    }
}
