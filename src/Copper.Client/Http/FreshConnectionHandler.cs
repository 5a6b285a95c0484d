#if !NET
namespace Copper.Client;

/// <summary>
/// Keeps requests that must not meet a connection used before on connections of their own; which those are,
/// <see cref="TransportFactory.Prepare"/> states by the header <c>Connection: close</c>.
/// </summary>
internal sealed class FreshConnectionHandler(HttpMessageHandler pooled, HttpMessageHandler fresh) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _pooled = new(pooled);
    private readonly HttpMessageInvoker _fresh = new(fresh);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (request.Headers.ConnectionClose == true ? _fresh : _pooled).SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pooled.Dispose();
            _fresh.Dispose();
        }

        base.Dispose(disposing);
    }
}
#endif
