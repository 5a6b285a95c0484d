using System.Text.Json;
using Copper.Client.Http;
using Copper.Client.Hub.Json;
using Copper.Client.Hub.Models;
using Copper.Client.Metadata;

namespace Copper.Client.Hub;

/// <summary>
/// What all views of one client share, and the way of a call, in order: retry → for each attempt: session → exchange →
/// on 401: check the session, log in again if it has ended, and try once more.
/// </summary>
internal sealed class HubCore : IDisposable
{
    private readonly CopperHubCredential _credential;
    private readonly HttpMessageInvoker _invoker;
    private readonly HubExchange _exchange;
    private readonly RetryPolicy _retry;

    public HubCore(CopperHubClientOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        _credential = options.Credential ?? throw new ArgumentException("The client needs a credential: a user name and a password.");
        CopperHubClientOptions.CheckBaseUri(options.BaseUri);
        CopperClientOptions.CheckLargestAnswer(options.LargestAnswer);
        _invoker = new HttpMessageInvoker(
            options.Handler ?? TransportFactory.Create(new CopperClientOptions { BaseUri = options.BaseUri, Timeout = options.Timeout, Proxy = options.Proxy }),
            disposeHandler: true);
        _exchange = new HubExchange(options.BaseUri, new Transport(_invoker, options.Clock, options.Timeout, options.LargestAnswer), options.Clock, options.UserAgent);
        _retry = new RetryPolicy(options.Clock, options.MaxRetries, options.LongestRetryWait);
    }

    public CopperClientStatistics Statistics { get; } = new();

    public MetadataCache Cache { get; } = new();

    public HubSessionManager Sessions { get; } = new();

    public Task<HubLogin> EnterAsync(Tracer trace, CancellationToken cancellationToken) =>
        Sessions.GetAsync(() => LogInAsync(trace, cancellationToken), cancellationToken);

    public async Task<T> SendAsync<T>(CopperHubRequest request, Func<HubEnvelope, Reply, string, T> read, Func<T>? alreadyGone, Tracer trace, CancellationToken cancellationToken)
    {
        var http = request.ToHttp();

        // Made once to be checked: what cannot be sent is refused before anybody is asked for a session.
        _ = request.ToForm(null);
        try
        {
            return await _retry.RunAsync(http, () => AttemptAsync(request, http, read, trace, cancellationToken), alreadyGone, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (NoSessionException failure)
        {
            throw failure.Reason;
        }
    }

    /// <summary>Asks whether a session lives. An ended one is no error here: the service answers 200 and logged_in false.</summary>
    public Task<bool> IsAliveAsync(HubLogin ticket, Tracer trace, CancellationToken cancellationToken) => WithoutRenewalAsync(
        new CopperHubRequest("check_session"), ticket, static envelope => envelope.IsTrue("logged_in"), trace, cancellationToken);

    public async Task LogOutAsync(Tracer trace, CancellationToken cancellationToken)
    {
        if (Sessions.Take() is { } ticket)
        {
            await WithoutRenewalAsync(new CopperHubRequest("logout"), ticket, static _ => true, trace, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _ = Sessions.Take();
        _invoker.Dispose();
    }

    private async Task<T> AttemptAsync<T>(CopperHubRequest request, CopperRequest http, Func<HubEnvelope, Reply, string, T> read, Tracer trace, CancellationToken cancellationToken)
    {
        var ticket = await NoSessionException.Guard(EnterAsync(trace, cancellationToken)).ConfigureAwait(false);
        try
        {
            return await OnceAsync(request, http, ticket, read, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperAuthenticationException refusal)
        {
            var next = await NoSessionException.Guard(ReplaceAsync(request, http, refusal, ticket, trace, cancellationToken)).ConfigureAwait(false);
            ticket = next ?? throw HubRefusal.OfRecord(request, http, refusal);
        }

        try
        {
            return await OnceAsync(request, http, ticket, read, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperAuthenticationException refusal)
        {
            // Logged in a moment ago: once is enough, but what the 401 means is still worth a question.
            throw await IsAliveOrUnknownAsync(request, http, refusal, ticket, trace, cancellationToken).ConfigureAwait(false)
                ? HubRefusal.OfRecord(request, http, refusal)
                : HubRefusal.OfSession(http, refusal);
        }
    }

    private Task<T> OnceAsync<T>(CopperHubRequest request, CopperRequest http, HubLogin ticket, Func<HubEnvelope, Reply, string, T> read, Tracer trace, CancellationToken cancellationToken) =>
        _exchange.SendAsync(http, request.ToForm(ticket.SessionId), ticket.SessionId, (envelope, reply) => read(envelope, reply, ticket.SessionId), trace, cancellationToken);

    private Task<HubLogin?> ReplaceAsync(CopperHubRequest request, CopperRequest http, CopperAuthenticationException refusal, HubLogin ticket, Tracer trace, CancellationToken cancellationToken) =>
        Sessions.ReplaceAsync(
            ticket,
            () => IsAliveOrUnknownAsync(request, http, refusal, ticket, trace, cancellationToken),
            () => LogInAsync(trace, cancellationToken),
            cancellationToken);

    private async Task<bool> IsAliveOrUnknownAsync(CopperHubRequest request, CopperRequest http, CopperAuthenticationException refusal, HubLogin ticket, Tracer trace, CancellationToken cancellationToken)
    {
        try
        {
            return await IsAliveAsync(ticket, trace, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException failure)
        {
            throw HubRefusal.Unexplained(request, http, refusal, failure);
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
                return await _exchange.SendAsync(http, request.ToForm(null), password, static (envelope, _) => TicketOf(envelope), trace, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperAuthenticationException refusal)
            {
                throw HubRefusal.OfCredential(http, refusal);
            }
        }
    }

    private static HubLogin TicketOf(HubEnvelope envelope) => new(
        envelope.Text("session_id"),
        envelope.TryGet("user", out var user) && user.ValueKind == JsonValueKind.Object ? JsonSerializer.Deserialize(user, HubJson.TypeOf<CopperHubUser>()) : null);

    private Task<T> WithoutRenewalAsync<T>(CopperHubRequest request, HubLogin ticket, Func<HubEnvelope, T> read, Tracer trace, CancellationToken cancellationToken)
    {
        var http = request.ToHttp();
        return _retry.RunAsync(
            http,
            () => _exchange.SendAsync(http, request.ToForm(ticket.SessionId), ticket.SessionId, (envelope, _) => read(envelope), trace, cancellationToken),
            null,
            trace,
            cancellationToken);
    }

    /// <summary>
    /// There is no session to make the call in. The call itself was not sent, or was refused: its own repetitions must not
    /// multiply those of the login, and nothing about it is unknown.
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
