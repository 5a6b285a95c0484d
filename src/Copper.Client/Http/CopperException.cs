using System.Net;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>A request did not succeed. The subclasses state how.</summary>
public abstract class CopperException : Exception
{
    private protected CopperException(CopperRequest request, string message, Exception? inner = null)
        : base(ErrorText.Printable(request.Redact(message)), RedactedException.Of(inner, request))
    {
        Method = request.Method.Method;
        Path = request.Redact(request.Target);
    }

    /// <summary>The HTTP method of the request.</summary>
    public string Method { get; }

    /// <summary>The path of the request below the base address, with its query; for an upload, the address of the file storage.</summary>
    public string Path { get; }

    /// <summary>The number of times the request was sent.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>The HTTP status of the response; null when none came.</summary>
    public virtual HttpStatusCode? StatusCode => null;

    /// <summary>The service's own name for the request (header X-Request-Id), for its support; null when unknown.</summary>
    public virtual string? RequestId => null;

    /// <summary>The failure may pass: sending the request again makes sense.</summary>
    internal virtual bool IsTransient => false;

    /// <summary>The most retries that make sense, fewer than the client's own; null for as many as the client allows.</summary>
    internal virtual int? MostRetries => null;

    /// <summary>The service surely did nothing.</summary>
    internal virtual bool WasRejected => false;

    /// <summary>How long the service asked to wait before the next attempt (header Retry-After); null when it did not state it.</summary>
    public virtual TimeSpan? RetryAfter => null;
}
