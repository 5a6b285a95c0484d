using System.Net;

namespace Copper.Client.Http;

/// <summary>The storage that takes files did not take one, or the file could not be read while it was sent. Nothing was attached.</summary>
public sealed class CopperUploadException : CopperException
{
    internal CopperUploadException(CopperRequest request, string message, HttpStatusCode? statusCode = null, Exception? inner = null)
        : base(request, message, inner)
    {
        StatusCode = statusCode;
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode { get; }

    internal override bool IsTransient => (int?)StatusCode is >= 500 or 429;

    internal override bool WasRejected => (int?)StatusCode is >= 400 and < 500;
}
