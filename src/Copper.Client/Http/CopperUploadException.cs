using System.Net;

namespace Copper.Client;

/// <summary>The storage that takes files did not take one, or the file could not be read while it was sent. Nothing was attached.</summary>
public sealed class CopperUploadException : CopperException
{
    /// <summary>As the client throws it.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="message">What happened.</param>
    /// <param name="statusCode">The status of the storage's response; null when none came.</param>
    /// <param name="inner">What happened below.</param>
    public CopperUploadException(CopperRequest request, string message, HttpStatusCode? statusCode = null, Exception? inner = null)
        : base(request, message, inner)
    {
        StatusCode = statusCode;
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode { get; }

    internal override bool IsTransient => (int?)StatusCode is >= 500 or 429;

    internal override bool WasRejected => (int?)StatusCode is >= 400 and < 500;
}
