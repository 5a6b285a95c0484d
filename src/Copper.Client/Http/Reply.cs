using System.Net;

namespace Copper.Client.Http;

/// <summary>A whole answer: status, the few headers that matter, and the body's bytes.</summary>
internal sealed class Reply : IDisposable
{
    private readonly PooledBuffer _body;

    public Reply(HttpStatusCode statusCode, PooledBuffer body)
    {
        StatusCode = statusCode;
        _body = body;
    }

    public HttpStatusCode StatusCode { get; }

    public bool IsSuccess => (int)StatusCode is >= 200 and < 300;

    /// <summary>The body without a byte order mark. Valid until the reply is disposed.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get
        {
            var body = _body.Written;
            var span = body.Span;
            return span.Length >= 3 && span[0] == 0xEF && span[1] == 0xBB && span[2] == 0xBF ? body.Slice(3) : body;
        }
    }

    public string? RequestId { get; init; }

    /// <summary>The upper bound of a search's result (X-PW-TOTAL); null when the header is missing or no number.</summary>
    public long? Total { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string? Location { get; init; }

    public string? MediaType { get; init; }

    /// <summary>The headers by which a service tells that it will give up an endpoint; null when they are missing.</summary>
    public string? Deprecation { get; init; }

    /// <inheritdoc cref="Deprecation"/>
    public string? Sunset { get; init; }

    /// <inheritdoc cref="Deprecation"/>
    public string? Link { get; init; }

    public void Dispose() => _body.Dispose();
}
