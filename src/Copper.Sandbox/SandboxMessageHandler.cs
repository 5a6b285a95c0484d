using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Copper.Sandbox;

/// <summary>
/// Lets an <see cref="HttpClient"/> talk to a sandbox in the same process, without a port. Any base address will do:
/// what follows <c>/developer_api/v1</c> in a request's path is what counts.
/// </summary>
/// <param name="sandbox">The sandbox that answers.</param>
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
            byte[] upload = request.Content is null ? [] : await ReadAsync(request.Content, cancellationToken).ConfigureAwait(false);
            return ToResponse(_sandbox.HandleUpload(Describe(request, uri.AbsolutePath, null), upload), request);
        }

        if (SandboxPath.BelowBase(uri.AbsolutePath) is not { } path)
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
        }

        var admission = _sandbox.Admit(path);
        string? body = request.Content is null
            ? null
            : Encoding.UTF8.GetString(await ReadAsync(request.Content, cancellationToken).ConfigureAwait(false));
        cancellationToken.ThrowIfCancellationRequested();
        return ToResponse(_sandbox.Handle(Describe(request, path, body), admission), request);
    }

    internal static SandboxRequest Describe(HttpRequestMessage request, string path, string? body) => new(
        request.Method.Method, path, SandboxPath.ParseQuery(request.RequestUri!.Query), ReadHeaders(request), body);

    private static Dictionary<string, string> ReadHeaders(HttpRequestMessage request)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add(request.Headers);
        if (request.Content is not null)
        {
            Add(request.Content.Headers);
        }

        return headers;

        void Add(HttpHeaders source)
        {
            foreach (var header in source)
            {
                headers[header.Key] = string.Join(", ", header.Value);
            }
        }
    }

#if NETFRAMEWORK
    internal static Task<byte[]> ReadAsync(HttpContent content, CancellationToken _) => content.ReadAsByteArrayAsync();
#else
    internal static Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken) =>
        content.ReadAsByteArrayAsync(cancellationToken);
#endif

    internal static HttpResponseMessage ToResponse(SandboxReply reply, HttpRequestMessage request)
    {
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status)
        {
            Content = new ByteArrayContent(reply.Body),
            RequestMessage = request,
        };
        foreach (var header in reply.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return response;
    }
}
