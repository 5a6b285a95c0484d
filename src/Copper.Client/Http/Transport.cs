using Copper.Client.Json;
using Copper.Client.RateLimiting;

namespace Copper.Client;

/// <summary>
/// Sends one message and reads the whole response, within the time and the size allowed, and reports both to the listener. Every
/// failure leaves as a <see cref="CopperException"/>, or as a cancellation.
/// </summary>
internal sealed class Transport(HttpMessageInvoker invoker, Clock clock, TimeSpan timeout, long maxResponseBytes)
{
    /// <param name="request">Names the request in errors and traces.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="trace">Who listens.</param>
    /// <param name="responseBegan">Is called when the first bytes of the response are here.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    public async Task<ServiceResponse> SendAsync(
        CopperRequest request, HttpRequestMessage message, Tracer trace, Action responseBegan, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.Schedule(timeout, () => Cancel(deadline));
        var sent = clock.Elapsed;
        trace.Sending(request);
        CopperException failure;
        try
        {
            using var response = await invoker.SendAsync(message, deadline.Token).ConfigureAwait(false);
            responseBegan();
            trace.Statistics.NoteResponse();
            if (response.Headers.Date is { } date)
            {
                trace.Statistics.NoteServiceTime(date, clock.UtcNow);
            }

            var whole = await ReadAsync(request, response, deadline.Token).ConfigureAwait(false);
            trace.Responded(request, whole.StatusCode, whole.RequestId, clock.Elapsed - sent);
            if (whole.IsSuccess && !BodyText.IsUtf8(whole.Body))
            {
                trace.Garbled(request);
            }

            return whole;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (CopperException exception)
        {
            failure = exception;
        }
        catch (Exception exception) when (deadline.IsCancellationRequested)
        {
            failure = new CopperTimeoutException(request, timeout, exception);
        }
        catch (CallerTimeoutException exception)
        {
            failure = new CopperTimeoutException(request, exception.Timeout, exception.InnerException);
        }
        catch (CallerRedirectException exception)
        {
            failure = new CopperConnectionException(
                request, $"{exception.Message} [{request.Method} {request.Target}]", neverSent: false, isTransient: false, exception);
        }
        catch (Exception exception)
        {
            failure = ConnectionFaults.Describe(request, message.RequestUri!, exception, trace.Statistics.HasResponse);
        }

        trace.Failed(request, failure, clock.Elapsed - sent);
        throw failure;
    }

    private async Task<ServiceResponse> ReadAsync(CopperRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var requestId = Header(request, response, "X-Request-Id") is { } id ? ErrorText.Tidy(id) : null;
        var announced = response.Content?.Headers.ContentLength ?? 0;
        var body = new PooledBuffer(announced, maxResponseBytes);
        try
        {
            if (response.Content is { } content)
            {
                if (announced > maxResponseBytes)
                {
                    throw new ResponseTooLargeException(maxResponseBytes);
                }

#if NET
                var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                await body.FillAsync(stream, cancellationToken).ConfigureAwait(false);
#else
                // On .NET Framework a read from the network does not listen to the token; closing the response ends it.
                using (cancellationToken.Register(response.Dispose))
                {
                    var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
                    await body.FillAsync(stream, cancellationToken).ConfigureAwait(false);
                }
#endif
                if (BodyText.ToUtf8(body.Written, content.Headers.ContentType?.CharSet) is { } text)
                {
                    body.Replace(text);
                }
            }

            return new ServiceResponse(response.StatusCode, body)
            {
                RequestId = requestId,
                Total = long.TryParse(Header(request, response, "X-PW-TOTAL"), out var total) && total >= 0 ? total : null,
                RetryAfter = Wait(response),
                Location = Redacted(request, response.Headers.Location?.OriginalString),
                MediaType = Redacted(request, response.Content?.Headers.ContentType?.MediaType),
                Deprecation = Header(request, response, "Deprecation"),
                Sunset = Header(request, response, "Sunset"),
                Link = Header(request, response, "Link"),
            };
        }
        catch (ResponseTooLargeException exception)
        {
            body.Dispose();
            throw new CopperProtocolException(
                request,
                response.StatusCode,
                requestId,
                $"it is larger than the {ErrorText.Size(exception.Limit)} that a response may have.",
                exception,
                isTransient: false);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static string? Header(CopperRequest request, HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? Redacted(request, values.FirstOrDefault()) : null;

    private static string? Redacted(CopperRequest request, string? text) => text is null ? null : request.Redact(text);

    private TimeSpan? Wait(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } value)
        {
            // A number of seconds that is too large for the type is no reason to try again at once.
            return response.Headers.TryGetValues("Retry-After", out var texts)
                && texts.FirstOrDefault()?.Trim() is { Length: > 0 } text && text.All(static digit => digit is >= '0' and <= '9')
                    ? TimeSpan.MaxValue
                    : null;
        }

        var wait = value.Delta ?? (value.Date is { } date ? date - clock.UtcNow : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The response came at the same moment.
        }
    }
}
