using System.Net.Http.Headers;
using System.Text.Json;
using Copper.Client.Hub.Models;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.Hub;

/// <summary>
/// What all views of one client share, and the way of a request, in order: retry → for each attempt: session → message → transport (trace,
/// timeout, size) → status and envelope → on 401: check the session, log in again if it has ended, and try once more.
/// </summary>
internal sealed class HubCore : IDisposable
{
    private readonly CopperHubCredential _credential;
    private readonly HttpMessageInvoker _invoker;
    private readonly Transport _transport;
    private readonly RetryPolicy _retry;
    private readonly string _userAgent;

    // PathAndQuery begins with the slash.
    private readonly string _address;

    public HubCore(CopperHubClientOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        _credential = options.Credential ?? throw new ArgumentException("The client needs a credential: a user name and a password.");
        CopperHubClientOptions.CheckBaseUri(options.BaseUri);
        OptionCheck.Common(
            options.Timeout, options.MaxRetries, options.LongestRetryWait, options.MaxResponseBytes, options.UserAgent, options.Clock);
        _invoker = CallerConnection.Open(options.HttpClient, options.Handler, options.BaseUri, options.Timeout, options.Proxy);
        _transport = new Transport(_invoker, options.Clock, options.Timeout, options.MaxResponseBytes);
        _retry = new RetryPolicy(options.Clock, options.MaxRetries, options.LongestRetryWait);
        _userAgent = options.UserAgent;
        _address = AddressOf(options.BaseUri);

        // All users of an installation share its records. What a handler of its own responds is one of its own, whatever the address.
        var key = options.Handler is null && options.HttpClient is null ? string.Empty : Guid.NewGuid().ToString();
        Records = new HubRecords(new RecordAccount(options.BaseUri, key, _credential.UserName));
    }

    /// <summary>Tells records where they are from.</summary>
    public HubRecords Records { get; }

    public CopperClientStatistics Statistics { get; } = new();

    public MetadataCache Cache { get; } = new();

    public HubSessionManager Sessions { get; } = new();

    public Task<HubLogin> EnterAsync(Tracer trace, CancellationToken cancellationToken) =>
        Sessions.GetAsync(() => LogInAsync(trace, cancellationToken), cancellationToken);

    public async Task<T> SendAsync<T>(
        CopperHubRequest request,
        Func<HubEnvelope, ServiceResponse, string, T> read,
        Func<T>? alreadyGone,
        Tracer trace,
        CancellationToken cancellationToken)
    {
        var http = request.ToHttp();

        // Written once to be checked: what cannot be sent is rejected before a session is opened.
        _ = request.ToForm(null);
        try
        {
            return await _retry.RunAsync(
                http,
                () => AttemptAsync(request, http, read, trace, cancellationToken),
                alreadyGone,
                trace,
                cancellationToken).ConfigureAwait(false);
        }
        catch (NoSessionException failure)
        {
            throw failure.Reason;
        }
    }

    /// <summary>
    /// Checks whether a session is alive. An ended one is no error here: the service responds with 200 and logged_in false.
    /// </summary>
    public Task<bool> IsAliveAsync(HubLogin login, Tracer trace, CancellationToken cancellationToken) => WithoutRenewalAsync(
        new CopperHubRequest("check_session"), login, static envelope => envelope.IsTrue("logged_in"), trace, cancellationToken);

    public async Task LogOutAsync(Tracer trace, CancellationToken cancellationToken)
    {
        if (Sessions.Take() is { } login)
        {
            var request = new CopperHubRequest("logout");
            await WithoutRenewalAsync(request, login, static _ => true, trace, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _ = Sessions.Take();
        _invoker.Dispose();
    }

    private async Task<T> AttemptAsync<T>(
        CopperHubRequest request,
        CopperRequest http,
        Func<HubEnvelope, ServiceResponse, string, T> read,
        Tracer trace,
        CancellationToken cancellationToken)
    {
        var login = await NoSessionException.Guard(EnterAsync(trace, cancellationToken)).ConfigureAwait(false);
        try
        {
            return await OnceAsync(request, http, login, read, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperAuthenticationException unauthorized)
        {
            var next = await NoSessionException
                .Guard(ReplaceAsync(request, http, unauthorized, login, trace, cancellationToken)).ConfigureAwait(false);
            login = next ?? throw HubUnauthorized.OfRecord(request, http, unauthorized);
        }

        try
        {
            return await OnceAsync(request, http, login, read, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperAuthenticationException unauthorized)
        {
            // The login has just succeeded, so it is not repeated; what the 401 means is still worth a check.
            throw await IsAliveOrUnknownAsync(request, http, unauthorized, login, trace, cancellationToken).ConfigureAwait(false)
                ? HubUnauthorized.OfRecord(request, http, unauthorized)
                : HubUnauthorized.OfSession(http, unauthorized);
        }
    }

    private Task<T> OnceAsync<T>(
        CopperHubRequest request,
        CopperRequest http,
        HubLogin login,
        Func<HubEnvelope, ServiceResponse, string, T> read,
        Tracer trace,
        CancellationToken cancellationToken) => ExchangeAsync(
            http,
            request.ToForm(login.SessionId),
            login.SessionId,
            (envelope, response) => read(envelope, response, login.SessionId),
            trace,
            cancellationToken);

    /// <summary>Sends one request and reads its response.</summary>
    /// <param name="request">Names the request in errors and traces.</param>
    /// <param name="form">The form as bytes.</param>
    /// <param name="secret">What stands in the form and must not come back in a message.</param>
    /// <param name="read">Reads the envelope.</param>
    /// <param name="trace">Who listens.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    private async Task<T> ExchangeAsync<T>(
        CopperRequest request,
        byte[] form,
        string secret,
        Func<HubEnvelope, ServiceResponse, T> read,
        Tracer trace,
        CancellationToken cancellationToken)
    {
        request.AddRedaction(text => HubResponseReader.Redact(text, secret));
        using var message = CreateMessage(request, form);
        using var response = await _transport
            .SendAsync(request, message, trace, static () => { }, cancellationToken).ConfigureAwait(false);
        return HubResponseReader.Read(request, response, read);
    }

    private HttpRequestMessage CreateMessage(CopperRequest request, byte[] form)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_address + request.PathAndQuery))
        {
            Content = new ByteArrayContent(form),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        TransportFactory.Prepare(message, request.Effect);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        return message;
    }

    private static string AddressOf(Uri baseUri)
    {
        var address = baseUri.AbsoluteUri.TrimEnd('/');
        var page = "/" + CopperHubRequest.Page;
        return address.EndsWith(page, StringComparison.OrdinalIgnoreCase) ? address.Substring(0, address.Length - page.Length) : address;
    }

    private Task<HubLogin?> ReplaceAsync(
        CopperHubRequest request,
        CopperRequest http,
        CopperAuthenticationException unauthorized,
        HubLogin login,
        Tracer trace,
        CancellationToken cancellationToken) =>
        Sessions.ReplaceAsync(
            login,
            () => IsAliveOrUnknownAsync(request, http, unauthorized, login, trace, cancellationToken),
            () => LogInAsync(trace, cancellationToken),
            cancellationToken);

    private async Task<bool> IsAliveOrUnknownAsync(
        CopperHubRequest request,
        CopperRequest http,
        CopperAuthenticationException unauthorized,
        HubLogin login,
        Tracer trace,
        CancellationToken cancellationToken)
    {
        try
        {
            return await IsAliveAsync(login, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException failure)
        {
            throw HubUnauthorized.Unexplained(request, http, unauthorized, failure);
        }
    }

    private Task<HubLogin> LogInAsync(Tracer trace, CancellationToken cancellationToken)
    {
        var password = _credential.RevealPassword();
        var request = new CopperHubRequest("login") { Fields = { new("username", _credential.UserName), new("password", password) } };
        var http = request.ToHttp();
        return _retry.RunAsync(http, AttemptAsync, null, trace, cancellationToken);

        async Task<HubLogin> AttemptAsync()
        {
            try
            {
                return await ExchangeAsync(
                    http,
                    request.ToForm(null),
                    password,
                    static (envelope, _) => LoginOf(envelope),
                    trace,
                    cancellationToken).ConfigureAwait(false);
            }
            catch (CopperAuthenticationException unauthorized)
            {
                throw HubUnauthorized.OfCredential(http, unauthorized);
            }
        }
    }

    private static HubLogin LoginOf(HubEnvelope envelope) => new(
        envelope.Text("session_id"),
        envelope.TryGet("user", out var user) && user.ValueKind == JsonValueKind.Object
            ? JsonSerializer.Deserialize(user, HubJson.TypeOf<CopperHubUser>())
            : null);

    private Task<T> WithoutRenewalAsync<T>(
        CopperHubRequest request, HubLogin login, Func<HubEnvelope, T> read, Tracer trace, CancellationToken cancellationToken)
    {
        var http = request.ToHttp();
        return _retry.RunAsync(
            http,
            () => ExchangeAsync(
                http, request.ToForm(login.SessionId), login.SessionId, (envelope, _) => read(envelope), trace, cancellationToken),
            null,
            trace,
            cancellationToken);
    }

    /// <summary>
    /// There is no session for the request. The request itself was not sent, or was rejected, so its outcome is known. It is not
    /// retried: its retries would multiply those of the login.
    /// </summary>
    private sealed class NoSessionException(CopperException reason) : Exception(reason.Message, reason)
    {
        public CopperException Reason { get; } = reason;

        public static async Task<T> Guard<T>(Task<T> task)
        {
            try
            {
                return await task.ConfigureAwait(false);
            }
            catch (CopperException failure)
            {
                throw new NoSessionException(failure);
            }
        }
    }
}
