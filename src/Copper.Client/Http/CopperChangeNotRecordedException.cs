namespace Copper.Client;

/// <summary>
/// The <see cref="CopperClient.ChangeRecorder"/> could not note what a request is about to change, so the request was not sent.
/// <see cref="Exception.InnerException"/> states why: the disk is full, for example.
/// </summary>
public sealed class CopperChangeNotRecordedException : CopperException
{
    /// <summary>As the client throws it.</summary>
    /// <param name="request">The request that was not sent.</param>
    /// <param name="cause">Why the change cannot be recorded.</param>
    public CopperChangeNotRecordedException(CopperRequest request, Exception cause)
        : base(
            request,
            $"Nothing was sent ({request.Method} {request.PathAndQuery}), since the change cannot be recorded. {cause.Message}",
            cause)
    {
    }

    /// <inheritdoc/>
    internal override bool WasRejected => true;
}
