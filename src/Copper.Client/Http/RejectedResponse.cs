using System.Text.Json;

namespace Copper.Client.Http;

/// <summary>
/// A status of success whose body reports a failure: <c>{"success":false, …}</c> at status 200, as the response to a conversion for which
/// several records are candidates, or an error in place of a record. To take it for a confirmation would hide that nothing was done.
/// </summary>
internal static class RejectedResponse
{
    /// <summary>The error that the response to a write stands for; null when it is no rejection.</summary>
    public static CopperApiException? Find(CopperRequest request, ServiceResponse response, Func<string, string> redact)
    {
        if (request.Effect == RequestEffect.Read || !SaysRejected(request, response.Body))
        {
            return null;
        }

        var said = ErrorReader.Read(response, redact);
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

    /// <summary>The response is an object that states an error. A broken one is left to whoever reads it.</summary>
    private static bool SaysRejected(CopperRequest request, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return SaysRejected(request, document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool SaysRejected(CopperRequest request, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || (request.IsBulk && HoldsItems(root)))
        {
            return false;
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
