using System.Net.Http.Headers;
using Copper.Client.Http.Errors;

namespace Copper.Client.Http;

/// <summary>Sends one message and reads the whole answer, within the time allowed. Every failure leaves as a <see cref="CopperException"/>.</summary>
internal sealed class Transport(HttpMessageInvoker invoker, Clock clock, TimeSpan timeout)
{
    public async Task<Reply> SendAsync(CopperRequest request, HttpRequestMessage message, Action responseBegan, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.Schedule(timeout, () => Cancel(deadline));
        try
        {
            using var response = await invoker.SendAsync(message, deadline.Token).ConfigureAwait(false);
            responseBegan();
            return await ReadAsync(response, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (deadline.IsCancellationRequested)
        {
            throw new CopperTimeoutException(request, timeout, exception);
        }
        catch (Exception exception) when (ConnectionFaults.IsConnectionFault(exception))
        {
            throw ConnectionFaults.Describe(request, message.RequestUri!, exception);
        }
    }

    private async Task<Reply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new PooledBuffer((int)Math.Min(response.Content?.Headers.ContentLength ?? 0, 4 * 1024 * 1024));
        try
        {
            if (response.Content is { } content)
            {
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
                RequestId = Header(response, "X-Request-Id") is { } id ? ErrorText.Tidy(id) : null,
                Total = long.TryParse(Header(response, "X-PW-TOTAL"), out var total) && total >= 0 ? total : null,
                RetryAfter = Wait(response.Headers.RetryAfter),
                Location = response.Headers.Location?.ToString(),
                MediaType = response.Content?.Headers.ContentType?.MediaType,
                Deprecation = Header(response, "Deprecation"),
                Sunset = Header(response, "Sunset"),
                Link = Header(response, "Link"),
            };
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

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
