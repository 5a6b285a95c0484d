using System.Net;

namespace Copper.Client.Http.Errors;

/// <summary>The service could not be reached, or the connection broke.</summary>
public sealed class CopperConnectionException : CopperException
{
    internal CopperConnectionException(CopperRequest request, string message, bool neverSent, bool isTransient, Exception inner)
        : base(request, message, inner)
    {
        WasRefused = neverSent;
        IsTransient = isTransient;
    }

    internal override bool IsTransient { get; }

    internal override bool WasRefused { get; }
}

/// <summary>No complete answer came within the time allowed for one request.</summary>
public sealed class CopperTimeoutException : CopperException
{
    internal CopperTimeoutException(CopperRequest request, TimeSpan timeout, Exception inner)
        : base(request, $"Copper did not answer {request.Method} {request.PathAndQuery} within {timeout.TotalSeconds:0.#} seconds.", inner)
    {
    }

    internal override bool IsTransient => true;
}

/// <summary>The service said yes, but its answer cannot be read: empty, cut off, or not the JSON that was expected.</summary>
public sealed class CopperProtocolException : CopperException
{
    internal CopperProtocolException(CopperRequest request, HttpStatusCode statusCode, string? requestId, string problem, Exception? inner = null)
        : base(request, $"Copper's answer to {request.Method} {request.PathAndQuery} cannot be read: {ErrorText.Tidy(problem)}", inner)
    {
        StatusCode = statusCode;
        RequestId = requestId;
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode { get; }

    /// <inheritdoc/>
    public override string? RequestId { get; }

    internal override bool IsTransient => true;
}

/// <summary>
/// A request that makes something new failed in a way that leaves open whether the service took it. It was not sent again,
/// so nothing is doubled; look before you repeat it. <see cref="Exception.InnerException"/> says what happened.
/// </summary>
public sealed class CopperOutcomeUnknownException : CopperException
{
    internal CopperOutcomeUnknownException(CopperRequest request, CopperException cause)
        : base(request, $"{cause.Message} Whether Copper carried out the request is unknown. It was not repeated, so nothing is doubled: {HowToCheck(request)} before you try again.", cause)
    {
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode => Cause.StatusCode;

    /// <inheritdoc/>
    public override string? RequestId => Cause.RequestId;

    private static string HowToCheck(CopperRequest request) => request.Path.Substring(request.Path.LastIndexOf('/') + 1) switch
    {
        "convert" => "look whether the lead is still there, for a conversion takes it away,",
        "bulk_create" => "look which of the records are there",
        _ => "look for the record",
    };

    private CopperException Cause => (CopperException)InnerException!;
}
