using System.Text;
using System.Text.Json;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>The OAuth 2.0 code flow for programs that act for other users (developer.copper.com/introduction/oauth/flow).</summary>
public sealed class CopperOAuth : IDisposable
{
    /// <summary>The only scope that Copper has.</summary>
    public const string Scope = "developer/v1/all";

    private readonly HttpMessageInvoker _invoker;
    private readonly Transport _transport;
    private readonly Tracer _trace;
    private readonly Uri _baseUri;

    /// <summary>The flow at this address.</summary>
    /// <param name="options">
    /// Proxy, timeout and handler are taken from here; <see cref="CopperClientOptions.BaseUri"/> is the address below which authorize and
    /// token lie, for example <see cref="DefaultBaseUri"/>.
    /// </param>
    /// <param name="trace">Hears of the request; null when nobody listens.</param>
    /// <exception cref="ArgumentException">The address cannot be used.</exception>
    public CopperOAuth(CopperClientOptions options, ICopperTrace? trace = null)
    {
        CopperClientOptions.CheckBaseUri(options.BaseUri);
        _baseUri = options.BaseUri;
        _invoker = CallerConnection.Open(options.HttpClient, options.Handler, options.BaseUri, options.Timeout, options.Proxy);
        _transport = new Transport(_invoker, options.Clock, options.Timeout, options.MaxResponseBytes);
        _trace = new Tracer(trace, new CopperClientStatistics());
    }

    /// <summary>Where Copper's authorize and token endpoints are.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://app.copper.com/oauth");

    /// <summary>The page on which the user agrees. Copper then posts a code to the redirect address.</summary>
    /// <param name="clientId">Given by Copper when the program is registered.</param>
    /// <param name="redirectUri">As registered.</param>
    /// <param name="state">Comes back with the code, to tell responses apart; null for none.</param>
    public Uri GetAuthorizeUri(string clientId, Uri redirectUri, string? state = null)
    {
        var query = Form(
            ("response_type", "code"),
            ("client_id", clientId),
            ("redirect_uri", redirectUri.OriginalString),
            ("scope", Scope),
            ("state", state));
        return new Uri(_baseUri.AbsoluteUri.TrimEnd('/') + "/authorize?" + query);
    }

    /// <summary>Exchanges the code for an access token. A code works once, so this is never retried.</summary>
    /// <exception cref="CopperException">Copper rejects the code, or cannot be reached.</exception>
    public async Task<string> GetAccessTokenAsync(
        string clientId, string clientSecret, Uri redirectUri, string code, CancellationToken cancellationToken = default)
    {
        // Only names the request in errors; what is sent is a form.
        var request = CopperRequest.Other(RequestEffect.Create, "token");
        JsonValueWriter.CheckText("the client id", clientId);
        JsonValueWriter.CheckText("the client secret", clientSecret);
        JsonValueWriter.CheckText("the code", code);
        request.AddRedaction(text => Redaction.Redact(Redaction.Redact(text, clientSecret), code));
        var form = Form(
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirectUri.OriginalString),
            ("client_id", clientId),
            ("client_secret", clientSecret));
        using var message = new HttpRequestMessage(HttpMethod.Post, _baseUri.AbsoluteUri.TrimEnd('/') + "/token")
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        using var response = await _transport
            .SendAsync(request, message, _trace, static () => { }, cancellationToken).ConfigureAwait(false);
        return response.IsSuccess
            ? ReadToken(request, response)
            : throw CopperApiException.Create(request, ErrorReader.Read(response, request.Redact));
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _invoker.Dispose();

    private static string ReadToken(CopperRequest request, ServiceResponse response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("access_token", out var token)
                && token.ValueKind == JsonValueKind.String
                && token.GetString() is { Length: > 0 } text)
            {
                return text;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Told below: the parser's own words could quote the response.
        }

        throw new CopperProtocolException(request, response.StatusCode, response.RequestId, "it holds no access token.");
    }

    private static string Form(params (string Name, string? Value)[] members) => string.Join(
        "&",
        members
            .Where(static member => member.Value is not null)
            .Select(static member => Uri.EscapeDataString(member.Name) + "=" + Uri.EscapeDataString(member.Value!)));
}
