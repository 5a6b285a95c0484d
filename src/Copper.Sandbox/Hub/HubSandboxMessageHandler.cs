using System.Net;
using System.Text;
using Copper.Sandbox.Http;

namespace Copper.Sandbox;

/// <summary>Lets an <see cref="HttpClient"/> talk to a CopperHub in the same process, without a port. Any address of an <c>index.php</c>
/// will do.</summary>
/// <param name="hub">The installation that responds.</param>
public sealed class HubSandboxMessageHandler(HubSandbox hub) : HttpMessageHandler
{
    private readonly HubSandbox _hub = hub ?? throw new ArgumentNullException(nameof(hub));

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        if (!uri.AbsolutePath.EndsWith("/index.php", StringComparison.Ordinal))
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
        }

        string? body = request.Content is null
            ? null
            : Encoding.UTF8.GetString(await HttpMessages.ReadAsync(request.Content, cancellationToken).ConfigureAwait(false));
        cancellationToken.ThrowIfCancellationRequested();
        return HttpMessages.ToResponse(_hub.Handle(HttpMessages.ToSandboxRequest(request, uri.AbsolutePath, body)), request);
    }
}
