using System.Net.Http.Headers;
using Copper.Client.Json;
using Copper.Client.RateLimiting;

namespace Copper.Client.Http;

/// <summary>
/// Sends one message and reads the whole answer, within the time and the size allowed. Every failure leaves as a
/// <see cref="CopperException"/>, or as a cancellation.
/// </summary>
internal sealed class Transport(HttpMessageInvoker invoker, Clock clock, TimeSpan timeout, long largestAnswer)
{
    public async Task<Reply> SendAsync(CopperRequest request, HttpRequestMessage message, Action responseBegan, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.Schedule(timeout, () => Cancel(deadline));
        try
        {
            using var response = await invoker.SendAsync(message, deadline.Token).ConfigureAwait(false);
            responseBegan();
            return await ReadAsync(request, response, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (deadline.IsCancellationRequested)
        {
            throw new CopperTimeoutException(request, timeout, exception);
        }
        catch (Exception exception) when (exception is not CopperException)
        {
            throw ConnectionFaults.Describe(request, message.RequestUri!, exception);
        }
    }

    private async Task<Reply> ReadAsync(CopperRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var requestId = Header(request, response, "X-Request-Id") is { } id ? ErrorText.Tidy(id) : null;
        var announced = response.Content?.Headers.ContentLength ?? 0;
        var body = new PooledBuffer(announced, largestAnswer);
        try
        {
            if (response.Content is { } content)
            {
                if (announced > largestAnswer)
                {
                    throw new AnswerTooLargeException(largestAnswer);
                }

#if NET
                var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                await body.FillAsync(stream, cancellationToken).ConfigureAwait(false);
#else
                // On .NET Framework a read from the network does not listen to the token; closing the answer ends it.
                using (cancellationToken.Register(response.Dispose))
                {
                    var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
                    await body.FillAsync(stream, cancellationToken).ConfigureAwait(false);
                }
#endif
            }

            return new Reply(response.StatusCode, body)
            {
                RequestId = requestId,
                Total = long.TryParse(Header(request, response, "X-PW-TOTAL"), out var total) && total >= 0 ? total : null,
                RetryAfter = Wait(response.Headers.RetryAfter),
                Location = Redacted(request, response.Headers.Location?.OriginalString),
                MediaType = Redacted(request, response.Content?.Headers.ContentType?.MediaType),
                Deprecation = Header(request, response, "Deprecation"),
                Sunset = Header(request, response, "Sunset"),
                Link = Header(request, response, "Link"),
            };
        }
        catch (AnswerTooLargeException exception)
        {
            body.Dispose();
            throw new CopperProtocolException(
                request,
                response.StatusCode,
                requestId,
                $"it is larger than the {ErrorText.Size(exception.Limit)} that an answer may have.",
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

    private TimeSpan? Wait(RetryConditionHeaderValue? value)
    {
        var wait = value?.Delta ?? (value?.Date is { } date ? date - clock.UtcNow : null);
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
            // The answer came at the same moment.
        }
    }
}
