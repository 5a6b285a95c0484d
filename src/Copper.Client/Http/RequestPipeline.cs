using System.Net.Http.Headers;
using System.Text.Json;
using Copper.Client.RateLimiting;

namespace Copper.Client.Http;

/// <summary>
/// The way of a request, in order: identity → retry → for each attempt: rate limiter → trace → transport → status → JSON.
/// </summary>
internal sealed class RequestPipeline(
    Uri baseUri,
    CopperIdentity identity,
    RetryPolicy retry,
    RateLimiterHandle limiter,
    Transport transport,
    Clock clock,
    string userAgent)
{
    private readonly DeprecationNotices _deprecations = new();

    /// <param name="request">What to send.</param>
    /// <param name="read">Makes the result of a good answer's bytes; whatever it throws counts as a broken answer.</param>
    /// <param name="alreadyGone">The result of a deletion whose repetition found nothing left to delete.</param>
    /// <param name="trace">Who listens.</param>
    /// <param name="cancellationToken">Ends the call wherever it stands.</param>
    public Task<T> SendAsync<T>(CopperRequest request, Func<Reply, T> read, Func<T>? alreadyGone, Tracer trace, CancellationToken cancellationToken)
    {
        request.CheckQuery();
        request.AddRedaction(identity.Hide);

        // Written once: every attempt sends the same bytes.
        var body = request.Body?.ToUtf8();
        return retry.RunAsync(request, () => GuardAsync(request, AttemptAsync(request, body, read, trace, cancellationToken)), alreadyGone, trace, cancellationToken);
    }

    /// <summary>Whatever goes wrong is an error of this one call: nothing else leaves than a <see cref="CopperException"/> or a cancellation.</summary>
    private async Task<T> GuardAsync<T>(CopperRequest request, Task<T> attempt)
    {
        try
        {
            return await attempt.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (CopperException or OperationCanceledException))
        {
            throw ConnectionFaults.Describe(request, baseUri, exception);
        }
    }

    private async Task<T> AttemptAsync<T>(CopperRequest request, byte[]? body, Func<Reply, T> read, Tracer trace, CancellationToken cancellationToken)
    {
        using var permit = await EnterAsync(request, trace, cancellationToken).ConfigureAwait(false);
        using var message = CreateMessage(request, body);
        var sent = clock.Elapsed;
        trace.Sending(request);
        try
        {
            using var reply = await transport.SendAsync(request, message, permit.ResponseBegan, cancellationToken).ConfigureAwait(false);
            trace.Answered(request, reply.StatusCode, reply.RequestId, clock.Elapsed - sent);
            _deprecations.Check(request, reply, trace);
            return reply.IsSuccess
                ? Read(request, reply, read)
                : throw CopperApiException.Create(request, ErrorReader.Read(reply, request.Redact));
        }
        catch (CopperRateLimitException refusal)
        {
            if (permit.NoteTooManyRequests(refusal.RetryAfter) is var (hold, share, further))
            {
                trace.SlowedDown(request, hold, share, further);
            }

            throw;
        }
        catch (CopperException failure) when (failure is CopperConnectionException or CopperTimeoutException or CopperProtocolException { IsTooLarge: true })
        {
            trace.Failed(request, failure, clock.Elapsed - sent);
            throw;
        }
    }

    private async Task<RateLimitPermit> EnterAsync(CopperRequest request, Tracer trace, CancellationToken cancellationToken)
    {
        var acquiring = limiter.AcquireAsync(request.IsBulk, cancellationToken);
        if (!acquiring.IsCompleted)
        {
            var since = clock.Elapsed;
            trace.Throttled(request, limiter.ExpectedWait(request.IsBulk));
            await acquiring.ConfigureAwait(false);
            trace.ThrottledFor(clock.Elapsed - since);
        }

        var permit = await acquiring.ConfigureAwait(false);
        if (limiter.Shared is { } shared)
        {
            await EnterSharedAsync(shared, permit, request, trace, cancellationToken).ConfigureAwait(false);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            permit.Return();
            throw new OperationCanceledException(cancellationToken);
        }

        return permit;
    }

    /// <summary>This process has a free permit; now the request needs one of the processes that share the limit.</summary>
    private async Task EnterSharedAsync(
        ICrossProcessRateLimiter shared, RateLimitPermit permit, CopperRequest request, Tracer trace, CancellationToken cancellationToken)
    {
        TimeSpan? since = null;
        try
        {
            permit.Attach(await shared.AcquireAsync(request.IsBulk, Waits, Warns, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            permit.Return();
            throw;
        }

        if (since is { } start)
        {
            trace.ThrottledFor(clock.Elapsed - start);
        }

        if (shared.TakeOutageWarning() is { } warning)
        {
            Warns(warning);
        }

        void Warns(string text) => trace.SharedLimitLost(request, text);

        void Waits(TimeSpan? wait)
        {
            since = clock.Elapsed;
            trace.Throttled(request, wait);
        }
    }

    private HttpRequestMessage CreateMessage(CopperRequest request, byte[]? body)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(baseUri.AbsoluteUri.TrimEnd('/') + request.PathAndQuery));
        identity.Apply(message.Headers);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);

        // Copper documents the content type as required on every call. It is a header of the content, so without a body it needs an
        // empty one; and a request with content, be it empty, is not repeated by the handler when its connection breaks.
        if (body is not null || TransportFactory.AllowsContentOn(request.Method))
        {
            message.Content = new ByteArrayContent(body ?? []);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        TransportFactory.Prepare(message, request.Effect);
        return message;
    }

    private static T Read<T>(CopperRequest request, Reply reply, Func<Reply, T> read)
    {
        if (RefusedAnswer.Find(request, reply, request.Redact) is { } refusal)
        {
            throw refusal;
        }

        try
        {
            return read(reply);
        }
        catch (Exception exception) when (exception is not (CopperException or OperationCanceledException))
        {
            var problem = reply.Body.IsEmpty ? "it is empty."
                : reply.MediaType is { } type && type.IndexOf("json", StringComparison.OrdinalIgnoreCase) < 0 ? $"it is {type}, not JSON."
                : UnreadableAnswer.Describe(exception, reply.Body, request);
            problem += ErrorReader.WordsBeside(reply, request.Redact);
            throw new CopperProtocolException(request, reply.StatusCode, reply.RequestId, problem, exception, exception is JsonException or InvalidOperationException);
        }
    }
}
