using System.Net;

namespace Copper.Client.Hub;

/// <summary>Reads a response of the CopperHub: HTTP status → envelope → result.</summary>
internal static class HubResponseReader
{
    private const string Mask = "********";

    /// <summary>Reads a response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The response.</param>
    /// <param name="read">Reads the envelope; a JsonException counts as a response that cannot be read.</param>
    /// <exception cref="CopperException">The service rejects the request, or the response cannot be read.</exception>
    public static T Read<T>(CopperRequest request, ServiceResponse response, Func<HubEnvelope, ServiceResponse, T> read)
    {
        if (!response.IsSuccess)
        {
            throw ErrorOf(request, response, null);
        }

        try
        {
            using var envelope = HubEnvelope.Parse(response.Body);
            return envelope.IsSuccess ? read(envelope, response) : throw ErrorOf(request, response, envelope);
        }
        catch (Exception exception) when (exception is not (CopperException or OperationCanceledException))
        {
            throw ResponseBody.Unreadable(
                request, response, exception, " Is the API switched on in the general settings of the CopperHub?");
        }
    }

    /// <summary>The text without the secret.</summary>
    public static string Redact(string text, string secret) => secret.Length == 0 ? text : text.Replace(secret, Mask);

    /// <summary>
    /// The status of the response and the one in the envelope should be the same; the envelope counts when the status is a success.
    /// </summary>
    private static CopperApiException ErrorOf(CopperRequest request, ServiceResponse response, HubEnvelope? envelope)
    {
        var error = ErrorReader.Read(response, request.Redact);
        var status = envelope is null ? response.StatusCode : (HttpStatusCode)envelope.ResponseCode;
        return CopperApiException.Create(request, new ServiceError
        {
            StatusCode = status,
            Message = error.Message,
            RequestId = error.RequestId,
            RetryAfter = error.RetryAfter,
            SaysNotDone = (int)status is >= 200 and < 300,
            Lead = (int)status switch
            {
                401 => "The CopperHub responded with 401.",
                >= 200 and < 300 => "The CopperHub said that it did not do it.",
                501 => "The CopperHub does not know this action, or its API is switched off in the general settings (501).",
                _ => null,
            },
        });
    }
}
