using System.Net;

namespace Copper.Client;

/// <summary>
/// The service confirmed a change without sending the record, and the record could not be read afterwards. The record was changed;
/// only its new state is unknown. <see cref="Exception.InnerException"/> states what happened to the reading.
/// </summary>
public sealed class CopperStateNotReadException : CopperException
{
    /// <summary>As the client throws it.</summary>
    /// <param name="request">The request that was carried out.</param>
    /// <param name="cause">Why the record could not be read afterwards.</param>
    public CopperStateNotReadException(CopperRequest request, CopperException cause)
        : base(
            request,
            $"{request.ServiceName} made the change ({request.Method} {request.PathAndQuery}), but the record's new state could not be "
            + $"read: {cause.Message}",
            cause)
    {
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode => (InnerException as CopperException)?.StatusCode;

    /// <inheritdoc/>
    public override string? RequestId => (InnerException as CopperException)?.RequestId;
}
