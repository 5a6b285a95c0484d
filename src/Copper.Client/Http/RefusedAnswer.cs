using System.Text.Json;
using Copper.Client.Http.Errors;

namespace Copper.Client.Http;

/// <summary>
/// A success that says of itself that it is none: <c>{"success":false, …}</c> at status 200, as the answer to a conversion for which
/// several records are candidates. To take it for a confirmation would hide that nothing was done.
/// </summary>
internal static class RefusedAnswer
{
    /// <summary>The error that the answer of a write stands for; null when it is no refusal.</summary>
    public static CopperApiException? Find(CopperRequest request, Reply reply, Func<string, string> hide)
    {
        if (request.Effect == RequestEffect.Read || !SaysNo(reply.Body.Span))
        {
            return null;
        }

        var said = ErrorReader.Read(reply, hide);
        return new CopperValidationException(request, new ServiceError
        {
            StatusCode = said.StatusCode,
            Lead = $"{request.ServiceName} refused the request, although the status of its answer is {(int)said.StatusCode}.",
            Message = said.Message,
            FieldErrors = said.FieldErrors,
            RequestId = said.RequestId,
            SaysNotDone = true,
        });
    }

    /// <summary>The answer is an object with <c>"success": false</c>. A broken one is left to whoever reads it.</summary>
    private static bool SaysNo(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSuccess = reader.ValueTextEquals("success");
                if (!reader.Read())
                {
                    return false;
                }

                if (isSuccess)
                {
                    return reader.TokenType == JsonTokenType.False;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }
}
