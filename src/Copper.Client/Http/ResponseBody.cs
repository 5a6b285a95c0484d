using System.Text.Json;

namespace Copper.Client;

/// <summary>Reads the body of a successful response, and describes why it cannot be read.</summary>
internal static class ResponseBody
{
    /// <summary>Reads a response of the CRM.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The response.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="asText">The body is handed on as it came: what it states to a read is left to whoever reads the text.</param>
    /// <exception cref="CopperApiException">The body rejects the request, whatever its status is.</exception>
    /// <exception cref="CopperProtocolException">The body cannot be read.</exception>
    public static T Read<T>(CopperRequest request, ServiceResponse response, Func<ServiceResponse, T> read, bool asText)
    {
        if (!(asText && request.Effect == RequestEffect.Read)
            && RejectedResponse.Find(request, response, request.Redact) is { } rejection)
        {
            throw rejection;
        }

        try
        {
            return read(response);
        }
        catch (Exception exception) when (exception is not (CopperException or OperationCanceledException))
        {
            throw Unreadable(request, response, exception, string.Empty);
        }
    }

    /// <summary>The error of a successful response whose body cannot be read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The response.</param>
    /// <param name="cause">What the reader threw.</param>
    /// <param name="adviceForOtherTypes">What to do when the body is no JSON by its content type, as a sentence; empty for nothing.</param>
    public static CopperProtocolException Unreadable(
        CopperRequest request, ServiceResponse response, Exception cause, string adviceForOtherTypes)
    {
        var isOtherType = response.MediaType is { } type && type.IndexOf("json", StringComparison.OrdinalIgnoreCase) < 0;
        var problem = response.Body.IsEmpty ? "it is empty."
            : isOtherType ? $"it is {response.MediaType}, not JSON.{adviceForOtherTypes}"
            : UnreadableResponse.Describe(cause, response.Body, request);
        problem += ErrorReader.MessageBeside(response, request.Redact);
        return new CopperProtocolException(
            request,
            response.StatusCode,
            response.RequestId,
            problem,
            cause,
            cause is JsonException or InvalidOperationException && MayPass(response.Body));
    }

    /// <summary>
    /// Nothing at all, the begin of something, or a page of what stands in between, may pass. What is whole and something else would come
    /// again: the address is another service's, or the caller's own handler stands in for it.
    /// </summary>
    private static bool MayPass(ReadOnlyMemory<byte> body) =>
        body.IsEmpty || WebPage.IsBegin(body.Span) || UnreadableResponse.IsCutOff(body.Span);
}
