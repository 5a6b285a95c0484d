using System.Net;

namespace Copper.Client;

/// <summary>A whole response: status, the few headers that matter, and the body's bytes.</summary>
internal sealed class ServiceResponse(HttpStatusCode statusCode, PooledBuffer? body) : IDisposable
{
    public HttpStatusCode StatusCode { get; } = statusCode;

    public bool IsSuccess => (int)StatusCode is >= 200 and < 300;

    /// <summary>The body without a byte order mark. Valid until the response is disposed.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get
        {
            var bytes = body?.Written ?? default;
            var span = bytes.Span;
            return span.Length >= 3 && span[0] == 0xEF && span[1] == 0xBB && span[2] == 0xBF ? bytes.Slice(3) : bytes;
        }
    }

    public string? RequestId { get; init; }

    /// <summary>The upper bound of a search's result (X-PW-TOTAL); null when the header is missing or no number.</summary>
    public long? Total { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string? Location { get; init; }

    public string? MediaType { get; init; }

    /// <summary>The headers by which a service announces the end of an endpoint; null when they are missing.</summary>
    public string? Deprecation { get; init; }

    /// <inheritdoc cref="Deprecation"/>
    public string? Sunset { get; init; }

    /// <inheritdoc cref="Deprecation"/>
    public string? Link { get; init; }

    public void Dispose() => body?.Dispose();
}
