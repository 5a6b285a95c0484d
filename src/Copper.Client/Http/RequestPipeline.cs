using System.Net.Http.Headers;
using System.Text.Json;
using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Http;

/// <summary>
/// The way of a request, in order: identity → retry → for each attempt: throttle → trace → transport → status → JSON.
/// </summary>
internal sealed class RequestPipeline(
    Uri baseUri,
    CopperIdentity identity,
    RetryPolicy retry,
    RateLimiterHandle membership,
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
        using var lease = await EnterAsync(request, trace, cancellationToken).ConfigureAwait(false);
        using var message = CreateMessage(request, body);
        var sent = clock.Elapsed;
        trace.Sending(request);
        try
        {
            using var reply = await transport.SendAsync(request, message, lease.ResponseBegan, cancellationToken).ConfigureAwait(false);
            trace.Answered(request, reply.StatusCode, reply.RequestId, clock.Elapsed - sent);
            _deprecations.Check(request, reply, trace);
            return reply.IsSuccess
                ? Read(request, reply, read)
                : throw CopperApiException.Create(request, ErrorReader.Read(reply, request.Redact));
        }
        catch (CopperRateLimitException refusal)
        {
            if (membership.Throttle.NoteRefusal(lease, refusal.RetryAfter) is var (hold, share, further))
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
        var throttle = membership.Throttle;
        var entry = throttle.AcquireAsync(request.IsBulk, cancellationToken);
        if (!entry.IsCompleted)
        {
            var since = clock.Elapsed;
            trace.Throttled(request, throttle.ExpectedWait(request.IsBulk));
            await entry.ConfigureAwait(false);
            trace.ThrottledFor(clock.Elapsed - since);
        }

        var lease = await entry.ConfigureAwait(false);
        if (throttle.Shared is { } shared)
        {
            await EnterSharedAsync(shared, lease, request, trace, cancellationToken).ConfigureAwait(false);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            lease.Return();
            throw new OperationCanceledException(cancellationToken);
        }

        return lease;
    }

    /// <summary>This process has room; now the processes that share the limit need to have room too.</summary>
    private async Task EnterSharedAsync(CrossProcessRateLimiter shared, RateLimitPermit lease, CopperRequest request, Tracer trace, CancellationToken cancellationToken)
    {
        TimeSpan? since = null;
        try
        {
            lease.Hold(await shared.AcquireAsync(request.IsBulk, Waits, warning => trace.SharedLimitLost(request, warning), cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            lease.Return();
            throw;
        }

        if (since is { } start)
        {
            trace.ThrottledFor(clock.Elapsed - start);
        }

        if (shared.TakeLoss() is { } reason)
        {
            trace.SharedLimitLost(request, reason);
        }

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
