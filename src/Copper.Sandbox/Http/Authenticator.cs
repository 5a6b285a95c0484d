namespace Copper.Sandbox.Http;

/// <summary>Checks who sends a request: three headers with a key, or a bearer token.</summary>
internal sealed class Authenticator(SandboxOptions options)
{
    private const string BearerScheme = "Bearer ";

    private readonly HashSet<string> _tokens = options.BearerToken is null ? [] : [options.BearerToken];

    public void Accept(string bearerToken) => _tokens.Add(bearerToken);

    public bool IsAuthenticated(SandboxRequest request)
    {
        if (request.Header("Authorization") is { } authorization)
        {
            return authorization.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase)
                && _tokens.Contains(authorization.Substring(BearerScheme.Length).Trim());
        }

        // "developer" instead of "developer_api" stands in one example of the documentation and works, says a client author.
        return request.Header("X-PW-AccessToken") == options.ApiKey
            && request.Header("X-PW-Application") is "developer_api" or "developer"
            && string.Equals(request.Header("X-PW-UserEmail"), options.UserEmail, StringComparison.OrdinalIgnoreCase);
    }
}
