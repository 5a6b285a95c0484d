using System.Net;

namespace Copper.Data.Tests.Support;

/// <summary>The service rejects every request whose path holds a text.</summary>
internal sealed class RejectingHandler(string path) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.AbsolutePath.Contains(path, StringComparison.Ordinal)
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden)
            {
                RequestMessage = request,
                Content = new StringContent("""{"success":false,"status":403,"message":"Not permitted"}"""),
            })
            : base.SendAsync(request, cancellationToken);
}
