using System.Net;

namespace Copper.Client.Http.Errors;

/// <summary>The service answered with an error.</summary>
public class CopperApiException : CopperException
{
    private readonly HttpStatusCode _statusCode;

    internal CopperApiException(CopperRequest request, ServiceError error)
        : base(request, error.Describe(request))
    {
        _statusCode = error.StatusCode;
        RequestId = error.RequestId;
        ServerMessage = error.Message;
        FieldErrors = error.FieldErrors;
        RetryAfter = error.RetryAfter;
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode => _statusCode;

    /// <inheritdoc/>
    public override string? RequestId { get; }

    /// <summary>What the service said, in readable words: never null, never markup.</summary>
    public string ServerMessage { get; }

    /// <summary>Field name → what is wrong with it, where the service says so by field; else empty.</summary>
    public IReadOnlyDictionary<string, string> FieldErrors { get; }

    internal override TimeSpan? RetryAfter { get; }

    /// <summary>A 4xx is the service's refusal: it did nothing.</summary>
    internal override bool WasRefused => (int)_statusCode is >= 400 and < 500;

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
    internal CopperAuthenticationException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}

/// <summary>403: the user may not do this, or the feature is not enabled for the account.</summary>
public sealed class CopperPermissionException : CopperApiException
{
    internal CopperPermissionException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}

/// <summary>404: there is no such record.</summary>
public sealed class CopperNotFoundException : CopperApiException
{
    internal CopperNotFoundException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}

/// <summary>400 or 422: the service refuses what was sent.</summary>
public sealed class CopperValidationException : CopperApiException
{
    internal CopperValidationException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }
}

/// <summary>429: more requests than the service allows; the repetitions were used up.</summary>
public sealed class CopperRateLimitException : CopperApiException
{
    internal CopperRateLimitException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }

    internal override bool IsTransient => true;
}

/// <summary>5xx: the service failed.</summary>
public sealed class CopperServerException : CopperApiException
{
    internal CopperServerException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }

    internal override bool IsTransient => !WasRefused;

    /// <summary>501: the service does not know the call, and will not know it a second later.</summary>
    internal override bool WasRefused => StatusCode == HttpStatusCode.NotImplemented;
}

/// <summary>3xx: the service points elsewhere. Not followed, since that would hand the credential to another address.</summary>
public sealed class CopperRedirectException : CopperApiException
{
    internal CopperRedirectException(CopperRequest request, ServiceError error)
        : base(request, error)
    {
    }

    internal override bool WasRefused => true;
}
