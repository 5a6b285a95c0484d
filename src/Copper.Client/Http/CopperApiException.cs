using System.Net;

namespace Copper.Client;

/// <summary>The service responded with an error.</summary>
public class CopperApiException : CopperException
{
    private readonly HttpStatusCode _statusCode;

    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed, for example <c>CopperRequest.Read("people/7")</c>.</param>
    /// <param name="statusCode">The status of the response.</param>
    /// <param name="serverMessage">What the service stated.</param>
    /// <param name="fieldErrors">Field name → what is wrong with it.</param>
    public CopperApiException(
        CopperRequest request, HttpStatusCode statusCode, string serverMessage, IReadOnlyDictionary<string, string>? fieldErrors = null)
        : this(request, ErrorOf(statusCode, serverMessage, fieldErrors))
    {
    }

    internal CopperApiException(CopperRequest request, ServiceError error)
        : base(request, error.Describe(request))
    {
        _statusCode = error.StatusCode;
        RequestId = error.RequestId;
        ServerMessage = error.Message;
        FieldErrors = error.FieldErrors;
        RetryAfter = error.RetryAfter;
        WasRejected = error.SaysNotDone || IsSurelyRejection((int)error.StatusCode);
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode => _statusCode;

    /// <inheritdoc/>
    public override string? RequestId { get; }

    /// <summary>What the service stated, in readable words: never null, never markup.</summary>
    public string ServerMessage { get; }

    /// <summary>Field name → what is wrong with it, where the service states it by field; else empty.</summary>
    public IReadOnlyDictionary<string, string> FieldErrors { get; }

    /// <inheritdoc/>
    public override TimeSpan? RetryAfter { get; }

    internal override bool WasRejected { get; }

    private protected static ServiceError ErrorOf(
        HttpStatusCode statusCode, string message, IReadOnlyDictionary<string, string>? fieldErrors = null, TimeSpan? retryAfter = null) =>
        new()
        {
            StatusCode = statusCode,
            Message = message ?? throw new ArgumentNullException(nameof(message)),
            FieldErrors = fieldErrors ?? ServiceError.NoFieldErrors,
            RetryAfter = retryAfter,
        };

    /// <summary>
    /// The statuses that mean that nothing was done (RFC 9110, RFC 6585): the request was turned away before anybody acted on it.
    /// 302 and 303 are also how a service sends a client on after it has done something; 408, 409, 425 and 499 may come from a
    /// gateway whose service went on, or from the second of two requests of which the first was carried out. A response in the
    /// service's own form with <c>"success": false</c> is a rejection with any number from 400 to 499.
    /// </summary>
    private static bool IsSurelyRejection(int status) => status switch
    {
        301 or 307 or 308 => true,
        408 or 409 or 425 or 499 => false,
        501 => true,

        // What lies beyond is nobody's standard: gateways use such numbers for connections that they gave up.
        _ => status is >= 400 and <= 451,
    };

    internal static CopperApiException Create(CopperRequest request, ServiceError error) => (int)error.StatusCode switch
    {
        401 => new CopperAuthenticationException(request, error),
        403 => new CopperPermissionException(request, error),
        404 => new CopperNotFoundException(request, error),
        400 or 422 => new CopperValidationException(request, error),
        429 => new CopperRateLimitException(request, error),
        >= 500 => new CopperServerException(request, error),
        >= 300 and < 400 => new CopperRedirectException(request, error),
        _ => new CopperApiException(request, error),
    };
}

/// <summary>401: the service does not accept the credential.</summary>
public sealed class CopperAuthenticationException : CopperApiException
{
    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="serverMessage">What the service stated.</param>
    public CopperAuthenticationException(CopperRequest request, string serverMessage)
        : this(request, ErrorOf(HttpStatusCode.Unauthorized, serverMessage))
    {
    }

    internal CopperAuthenticationException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}

/// <summary>403: the user may not do this, or the feature is not enabled for the account.</summary>
public sealed class CopperPermissionException : CopperApiException
{
    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="serverMessage">What the service stated.</param>
    public CopperPermissionException(CopperRequest request, string serverMessage)
        : this(request, ErrorOf(HttpStatusCode.Forbidden, serverMessage))
    {
    }

    internal CopperPermissionException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}

/// <summary>404: there is no such record.</summary>
public sealed class CopperNotFoundException : CopperApiException
{
    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="serverMessage">What the service stated.</param>
    public CopperNotFoundException(CopperRequest request, string serverMessage)
        : this(request, ErrorOf(HttpStatusCode.NotFound, serverMessage))
    {
    }

    internal CopperNotFoundException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}

/// <summary>400 or 422: the service rejects what was sent.</summary>
public sealed class CopperValidationException : CopperApiException
{
    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="serverMessage">What the service stated.</param>
    /// <param name="fieldErrors">Field name → what is wrong with it.</param>
    public CopperValidationException(
        CopperRequest request, string serverMessage, IReadOnlyDictionary<string, string>? fieldErrors = null)
        : this(request, ErrorOf((HttpStatusCode)422, serverMessage, fieldErrors))
    {
    }

    internal CopperValidationException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}

/// <summary>429: more requests than the service allows; the retries were used up.</summary>
public sealed class CopperRateLimitException : CopperApiException
{
    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="serverMessage">What the service stated.</param>
    /// <param name="retryAfter">How long the service asked to wait; null when it did not state it.</param>
    public CopperRateLimitException(CopperRequest request, string serverMessage, TimeSpan? retryAfter = null)
        : this(request, ErrorOf((HttpStatusCode)429, serverMessage, retryAfter: retryAfter))
    {
    }

    internal CopperRateLimitException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }

    internal override bool IsTransient => true;
}

/// <summary>5xx: the service failed.</summary>
public sealed class CopperServerException : CopperApiException
{
    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="statusCode">The status of the response.</param>
    /// <param name="serverMessage">What the service stated.</param>
    public CopperServerException(CopperRequest request, HttpStatusCode statusCode, string serverMessage)
        : this(request, ErrorOf(statusCode, serverMessage))
    {
    }

    internal CopperServerException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }

    internal override bool IsTransient => !WasRejected;
}

/// <summary>3xx: the service points elsewhere. Not followed, since that would hand the credential to another address.</summary>
public sealed class CopperRedirectException : CopperApiException
{
    /// <summary>As the client throws it, for tests of code that uses a client.</summary>
    /// <param name="request">The request that failed.</param>
    /// <param name="statusCode">The status of the response.</param>
    /// <param name="serverMessage">What the service stated.</param>
    public CopperRedirectException(CopperRequest request, HttpStatusCode statusCode, string serverMessage)
        : this(request, ErrorOf(statusCode, serverMessage))
    {
    }

    internal CopperRedirectException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}
