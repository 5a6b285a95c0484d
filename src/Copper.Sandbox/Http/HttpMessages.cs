using System.Net;
using System.Net.Http.Headers;

namespace Copper.Sandbox.Http;

/// <summary>Converts between the messages of <see cref="HttpClient"/> and those of the sandbox.</summary>
internal static class HttpMessages
{
    /// <summary>The request as the sandbox takes it: the path is what the caller has found below its base address.</summary>
    public static SandboxRequest ToSandboxRequest(HttpRequestMessage request, string path, string? body) => new(
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
    public static Task<byte[]> ReadAsync(HttpContent content, CancellationToken _) => content.ReadAsByteArrayAsync();
#else
    public static Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken) =>
        content.ReadAsByteArrayAsync(cancellationToken);
#endif

    public static HttpResponseMessage ToResponse(SandboxReply reply, HttpRequestMessage request)
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
