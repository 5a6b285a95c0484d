using System.Globalization;
using Copper.Sandbox.Errors;

namespace Copper.Sandbox.Http;

/// <summary>The way of a request: rate limit, credentials, endpoint.</summary>
internal sealed class RequestHandler(SandboxState state, Router router, DateTimeOffset now)
{
    public SandboxReply Handle(SandboxRequest request, SandboxAdmission admission, bool authenticated, long number)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json; charset=utf-8",
            ["Cache-Control"] = "max-age=0, private, must-revalidate",
            ["X-Request-Id"] = RequestId(number),
        };
        try
        {
            var response = Respond(request, admission, authenticated, headers);
            if (response.Total is long total)
            {
                headers["X-PW-TOTAL"] = total.ToString(CultureInfo.InvariantCulture);
            }

            return new SandboxReply(200, headers, response.Body);
        }
        catch (ApiException error)
        {
            return new SandboxReply(error.Status, headers, error.Body);
        }
    }

    private ApiResponse Respond(
        SandboxRequest request, SandboxAdmission admission, bool authenticated, Dictionary<string, string> headers)
    {
        if (!admission.Allowed)
        {
            if (state.Options.SendRetryAfter)
            {
                headers["Retry-After"] = Math.Ceiling(admission.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            throw ApiException.TooManyRequests();
        }

        if (!authenticated)
        {
            throw ApiException.Unauthorized();
        }

        var (route, arguments) = router.Find(request) ?? throw ApiException.NoSuchAddress();
        if (route.NeedsLeads && !state.Options.FeatureLeads)
        {
            throw ApiException.Forbidden("Feature not enabled");
        }

        return route.Handler(new ApiCall(state, request, now, arguments, route));
    }

    /// <summary>Unlike the service's, the ids are numbered: the same requests get the same ids.</summary>
    private static string RequestId(long number) => $"00000000-0000-4000-8000-{number:x12}";
}
