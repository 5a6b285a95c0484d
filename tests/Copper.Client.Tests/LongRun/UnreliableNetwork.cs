using System.Net;
using System.Net.Sockets;
using System.Text;
using Copper.Client.RateLimiting;
using Copper.Sandbox;

namespace Copper.Client.Tests.LongRun;

/// <summary>
/// The way to the sandbox and back: it takes time, on the test's clock, and things go wrong on it, by a seed. Whatever arrives at
/// the service counts there for its limits at that moment, also what it responds to with an error.
/// </summary>
internal sealed class UnreliableNetwork(SimulatedService service, Clock clock)
    : DelegatingHandler(new SandboxMessageHandler(service.Sandbox))
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (trouble, there, back) = service.Draw();
        await clock.Delay(there, cancellationToken);
        trouble = service.IsDown ? Trouble.Refused : trouble;
        service.Count(trouble);
        switch (trouble)
        {
            case Trouble.Refused:
                throw new HttpRequestException(
                    HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused));
            case Trouble.ResetBefore:
                throw Reset();
            case Trouble.LostBefore:
                await clock.Delay(TimeSpan.FromDays(2), cancellationToken);
                throw Reset();
            case Trouble.Busy:
                return await RespondAsync(request, 503, "text/plain", "Busy", TimeSpan.FromSeconds(3), back, cancellationToken);
            case Trouble.BadGateway:
                return await RespondAsync(
                    request, 502, "text/html", "<html><h1>502 Bad Gateway</h1></html>", null, back, cancellationToken);
            case Trouble.SomebodyElse:
                return await RespondAsync(
                    request, 429, "application/json", """{"success":false,"status":429,"message":"Rate limit exceeded"}""",
                    TimeSpan.FromSeconds(4), back, cancellationToken);
        }

        // From here on the service carries it out, whether the client waits for the response or not.
        var response = await base.SendAsync(request, CancellationToken.None);
        switch (trouble)
        {
            case Trouble.ResetAfter:
                throw Reset();
            case Trouble.LostAfter:
                await clock.Delay(TimeSpan.FromDays(2), cancellationToken);
                throw Reset();
            case Trouble.Truncated:
                var whole = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
                response.Content = new ByteArrayContent(whole[..(whole.Length / 2)]);
                break;
        }

        await clock.Delay(back, cancellationToken);
        return response;
    }

    private static HttpRequestException Reset() =>
        new("The connection broke.", new IOException("Unable to read data.", new SocketException((int)SocketError.ConnectionReset)));

    private async Task<HttpResponseMessage> RespondAsync(
        HttpRequestMessage request, int status, string mediaType, string body, TimeSpan? retryAfter, TimeSpan back,
            CancellationToken cancellationToken)
    {
        service.Sandbox.Admit(SandboxPath.BelowBase(request.RequestUri!.AbsolutePath)!);
        await clock.Delay(back, cancellationToken);
        var response =
            new HttpResponseMessage(
                (HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType), RequestMessage = request };
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(wait);
        }

        return response;
    }
}
