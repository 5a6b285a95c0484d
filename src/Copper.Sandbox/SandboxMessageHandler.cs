using System.Net;
using System.Text;
using Copper.Sandbox.Endpoints;
using Copper.Sandbox.Http;

namespace Copper.Sandbox;

/// <summary>
/// Lets an <see cref="HttpClient"/> talk to a sandbox in the same process, without a port. Any base address will do:
/// what follows <c>/developer_api/v1</c> in a request's path is what counts.
/// </summary>
/// <param name="sandbox">The sandbox that responds.</param>
public sealed class SandboxMessageHandler(CopperSandbox sandbox) : HttpMessageHandler
{
    private readonly CopperSandbox _sandbox = sandbox ?? throw new ArgumentNullException(nameof(sandbox));

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        if (uri.Host == SandboxStorage.Host)
        {
            byte[] upload = request.Content is null ? []
                : await HttpMessages.ReadAsync(request.Content, cancellationToken).ConfigureAwait(false);
            return HttpMessages.ToResponse(_sandbox.HandleUpload(HttpMessages.ToSandboxRequest(request, uri.AbsolutePath, null), upload),
                request);
        }

        if (SandboxPath.BelowBase(uri.AbsolutePath) is not { } path)
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
        }

        var admission = _sandbox.Admit(path);
        string? body = request.Content is null
            ? null
            : Encoding.UTF8.GetString(await HttpMessages.ReadAsync(request.Content, cancellationToken).ConfigureAwait(false));
        cancellationToken.ThrowIfCancellationRequested();
        return HttpMessages.ToResponse(_sandbox.Handle(HttpMessages.ToSandboxRequest(request, path, body), admission), request);
    }
}
