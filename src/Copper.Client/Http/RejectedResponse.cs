using System.Net;
using System.Text.Json;

namespace Copper.Client;

/// <summary>
/// A status of success whose body reports a failure: <c>{"success":false, …}</c> at status 200, as the response to a conversion for which
/// several records are candidates, or an error in place of a record. To take it for a confirmation would hide that nothing was done; to
/// take it for a record or a list would call it unreadable, and ask for it again.
/// </summary>
internal static class RejectedResponse
{
    /// <summary>
    /// The error that the response stands for; null when it is no rejection. The error of a read is of the class of the status that its
    /// body states, where it states one: a rate limit or a failure of the service may pass.
    /// </summary>
    public static CopperApiException? Find(CopperRequest request, ServiceResponse response, Func<string, string> redact)
    {
        if (!IsObject(response.Body.Span) || Status(request, response.Body) is not { } status)
        {
            return null;
        }

        var said = ErrorReader.Read(response, redact);
        if (request.Effect == RequestEffect.Read && status != 0)
        {
            return CopperApiException.Create(request, new ServiceError
            {
                StatusCode = (HttpStatusCode)status,
                Message = said.Message,
                FieldErrors = said.FieldErrors,
                RequestId = said.RequestId,
                RetryAfter = said.RetryAfter,
            });
        }

        return new CopperValidationException(request, new ServiceError
        {
            StatusCode = said.StatusCode,
            Lead = $"{request.ServiceName} rejected the request, although the status of its response is {(int)said.StatusCode}.",
            Message = said.Message,
            FieldErrors = said.FieldErrors,
            RequestId = said.RequestId,
            SaysNotDone = true,
        });
    }

    /// <summary>A list, which may be long, states no error.</summary>
    private static bool IsObject(ReadOnlySpan<byte> body)
    {
        foreach (var letter in body)
        {
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return letter == (byte)'{';
            }
        }

        return false;
    }

    /// <summary>
    /// The status of errors that an object states that is an error: 0 when it states none; null for an object that is no error. A broken
    /// one is left to whoever reads it.
    /// </summary>
    private static int? Status(CopperRequest request, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return !SaysRejected(request, root) ? null
                : StatedError.Number(root, "status") is { } status and >= 400 and < 600 ? (int)status
                : 0;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool SaysRejected(CopperRequest request, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || (request.IsBulk && HoldsItems(root)))
        {
            return false;
        }

        if (request.Effect == RequestEffect.Read)
        {
            // A record with an id is what was asked for, whatever its other members are called.
            return StatedError.Number(root, "id") is null && StatedError.IsOne(root, mayHaveId: false);
        }

        var isDeletion = request.Effect == RequestEffect.Delete;
        if (StatedError.IsOne(root, mayHaveId: isDeletion))
        {
            return true;
        }

        // A stub repeats in a word what was asked for, and a record is not expected: any other text is the reason why not.
        var isRelation = request.Path.EndsWith("/related", StringComparison.Ordinal);
        return (isDeletion && (StatedError.IsFalse(root, "is_deleted") || StatedError.IsFalse(root, "removed")))
            || (isRelation && StatedError.IsFalse(root, "added"))
            || ((isDeletion || isRelation) && StatedError.IsBareMessage(root));
    }

    /// <summary>What became of each item stands in a list of objects; beside it, an error is not about all of them.</summary>
    private static bool HoldsItems(JsonElement root) => root.EnumerateObject().Any(static member =>
        member.Name is not ("error" or "errors" or "message" or "details" or "candidates" or "ids")
        && member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0);
}
