using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting.Blobs;

/// <summary>
/// The managed identity of an Azure Automation job, a Function or a Web App: a local endpoint, which the environment variables
/// IDENTITY_ENDPOINT and IDENTITY_HEADER tell, gives tokens for Azure's storage. A token is kept until shortly before it expires.
/// Source: Microsoft Learn, "Using a system-assigned managed identity for an Azure Automation account" (GET with resource=, the headers
/// X-IDENTITY-HEADER and Metadata; the response has access_token and expires_on in seconds since 1970). Has one lock.
/// </summary>
internal sealed class ManagedIdentityAuthorization : IBlobAuthorization, IDisposable
{
    /// <summary>The variable with the address of the endpoint.</summary>
    public const string EndpointVariable = "IDENTITY_ENDPOINT";

    /// <summary>The variable with the secret of the endpoint.</summary>
    public const string HeaderVariable = "IDENTITY_HEADER";

    private const string Resource = "https://storage.azure.com/";
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>A token of this age was just fetched.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    /// <summary>How long a token is kept that does not state its end.</summary>
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(10);

    private readonly HttpMessageInvoker _invoker;
    private readonly Clock _clock;
    private readonly Uri _endpoint;
    private readonly string? _secret;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private string? _token;
    private TimeSpan _fetchedAt;
    private TimeSpan _renewAt;

    /// <param name="endpoint">The address of the endpoint.</param>
    /// <param name="secret">What the endpoint expects in X-IDENTITY-HEADER; null for nothing.</param>
    /// <param name="invoker">Sends the requests for tokens; it is not disposed.</param>
    /// <param name="clock">The clock.</param>
    public ManagedIdentityAuthorization(Uri endpoint, string? secret, HttpMessageInvoker invoker, Clock clock)
    {
        var separator = endpoint.Query.Length > 0 ? "&" : "?";
        _endpoint = new Uri($"{endpoint}{separator}resource={Uri.EscapeDataString(Resource)}&api-version=2019-08-01");
        (_secret, _invoker, _clock) = (secret, invoker, clock);
    }

    public async ValueTask ApplyAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var token = await GetTokenAsync(cancellationToken).ConfigureAwait(false);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public string ExplainRejection(DateTimeOffset? now) => "the storage does not accept the managed identity";

    public string ExplainMissingPermission() =>
        "give the managed identity the role 'Storage Blob Data Contributor' on the container, which takes effect after some minutes";

    public bool Reject()
    {
        // Another one than a token that was just fetched would not be accepted either.
        var isOld = _clock.Elapsed - _fetchedAt > Young;
        Volatile.Write(ref _token, null);
        return isOld;
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is null || _clock.Elapsed >= _renewAt)
            {
                (_token, _renewAt) = await FetchAsync(cancellationToken).ConfigureAwait(false);
                _fetchedAt = _clock.Elapsed;
            }

            return _token;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async ValueTask<(string Token, TimeSpan RenewAt)> FetchAsync(CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, _endpoint);
        message.Headers.TryAddWithoutValidation("Metadata", "True");
        if (_secret is not null)
        {
            message.Headers.TryAddWithoutValidation("X-IDENTITY-HEADER", _secret);
        }

        using var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new IOException(
                $"The managed identity gives no token: its endpoint responded with {(int)response.StatusCode}. "
                + (response.Headers.WwwAuthenticate.Count > 0
                    ? "That of Azure Arc is not supported: give a SAS."
                    : "Switch the identity on for the Automation account, or give a SAS."));
        }

        var body = await BlobTransport.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(body);
            var token = document.RootElement.GetProperty("access_token").GetString();
            return token is { Length: > 0 } ? (token, _clock.Elapsed + Lifetime(document.RootElement)) : throw new FormatException();
        }
        catch (Exception exception) when (exception
            is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // What came is not repeated: it may hold a token.
            throw new IOException("The managed identity gives no token: the response of its endpoint could not be read.");
        }
    }

    /// <summary>
    /// The endpoint is on this machine. One that is busy may respond a little later, as storage does; but where nothing listens, the
    /// environment variable is wrong, and waiting does not help.
    /// </summary>
    private async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await BlobTransport.SendAsync(_invoker, message, "The managed identity", _clock, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StoreUnreachableException exception) when (exception.IsRefused)
        {
            throw new IOException(
                $"Nothing listens at the endpoint of the managed identity, which the environment variable {EndpointVariable} names. "
                + "Run this where there is a managed identity, as in Azure Automation, or give a SAS.",
                exception);
        }
    }

    /// <summary>How long the token is used.</summary>
    private TimeSpan Lifetime(JsonElement response)
    {
        if (!response.TryGetProperty("expires_on", out var expires))
        {
            return DefaultLifetime;
        }

        var text = expires.ValueKind == JsonValueKind.Number ? expires.GetRawText() : expires.GetString();
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 100_000_000_000)
        {
            var left = DateTimeOffset.FromUnixTimeSeconds(seconds) - _clock.UtcNow - Margin;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        return DefaultLifetime;
    }
}
