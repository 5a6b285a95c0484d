using System.Net;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>The service could not be reached, or the connection broke.</summary>
public sealed class CopperConnectionException : CopperException
{
    /// <summary>As the client throws it when a connection breaks, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="message">What happened.</param>
    /// <param name="inner">What happened below.</param>
    public CopperConnectionException(CopperRequest request, string message, Exception? inner = null)
        : this(request, message, neverSent: false, isTransient: true, inner)
    {
    }

    internal CopperConnectionException(
        CopperRequest request, string message, bool neverSent, bool isTransient, Exception? inner, bool isUnknownName = false)
        : base(request, message, inner)
    {
        WasRejected = neverSent;
        IsTransient = isTransient;
        IsUnknownName = isUnknownName;
    }

    /// <summary>
    /// No address was found for the name of the host, and the client has had no response yet: the name is misspelled, or there is no
    /// network. Such a request is retried once only.
    /// </summary>
    public bool IsUnknownName { get; }

    /// <summary>A name that nobody has used yet is most likely misspelled, or there is no network: waiting helps neither.</summary>
    internal override int? MostRetries => IsUnknownName ? 1 : null;

    internal override bool IsTransient { get; }

    internal override bool WasRejected { get; }
}

/// <summary>No complete response came within the time allowed for one request.</summary>
public sealed class CopperTimeoutException : CopperException
{
    /// <summary>As the client throws it.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="timeout">The time allowed.</param>
    /// <param name="inner">What happened below.</param>
    public CopperTimeoutException(CopperRequest request, TimeSpan timeout, Exception? inner = null)
        : base(
            request,
            $"{request.ServiceName} did not respond to {request.Method} {request.Target} within {timeout.TotalSeconds:0.#} seconds.",
            inner)
    {
    }

    internal override bool IsTransient => true;
}

/// <summary>
/// The status is a success, but the response cannot be read: empty, cut off, not the JSON that was expected, or larger than
/// the client's MaxResponseBytes.
/// </summary>
public sealed class CopperProtocolException : CopperException
{
    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="statusCode">The status of the response.</param>
    /// <param name="problem">Why the response cannot be read, as half a sentence: it holds no record.</param>
    public CopperProtocolException(CopperRequest request, HttpStatusCode statusCode, string problem)
        : this(request, statusCode, null, problem)
    {
    }

    internal CopperProtocolException(
        CopperRequest request,
        HttpStatusCode statusCode,
        string? requestId,
        string problem,
        Exception? inner = null,
        bool isTransient = true)
        : base(
            request,
            $"{request.ServiceName}'s response to {request.Method} {request.PathAndQuery} cannot be read: "
            + ErrorText.Tidy(request.Redact(problem)),
            inner)
    {
        StatusCode = statusCode;
        RequestId = requestId;
        IsTransient = isTransient;
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode { get; }

    /// <inheritdoc/>
    public override string? RequestId { get; }

    /// <summary>It is larger than was allowed.</summary>
    public bool IsTooLarge => InnerException is ResponseTooLargeException;

    internal override bool IsTransient { get; }
}

/// <summary>
/// A request that creates something failed, and whether the service carried it out is unknown. It was not retried, so nothing is
/// created twice: check whether the record exists before you retry it. Or a deletion was confirmed for another record than the one
/// that was to be deleted. <see cref="Exception.InnerException"/> states what happened.
/// </summary>
public sealed class CopperOutcomeUnknownException : CopperException
{
    /// <summary>As the client throws it.</summary>
    /// <param name="request">The request whose outcome is unknown.</param>
    /// <param name="cause">What happened to it.</param>
    public CopperOutcomeUnknownException(CopperRequest request, CopperException cause)
        : base(
            request,
            $"{cause.Message} Whether {request.ServiceName} carried out the request is unknown. "
            + (request.Effect == RequestEffect.Delete
                ? "Look which of the two is still there before you try again."
                : $"It was not retried, so nothing is created twice: {HowToCheck(request)} before you try again."),
            cause)
    {
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode => Cause.StatusCode;

    /// <inheritdoc/>
    public override string? RequestId => Cause.RequestId;

    private static string HowToCheck(CopperRequest request) => request.Path.Substring(request.Path.LastIndexOf('/') + 1) switch
    {
        "convert" => "look whether the lead is still there, for a conversion deletes it,",
        "bulk_create" => "look which of the records are there",
        _ => "look for the record",
    };

    private CopperException Cause => (CopperException)InnerException!;
}
