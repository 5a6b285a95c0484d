using Copper.Sandbox.Json;

namespace Copper.Sandbox.Errors;

/// <summary>Ends the handling of a request with an error reply.</summary>
internal sealed class ApiException(int status, byte[] body, string description, ValidationErrors? errors = null)
    : Exception(description)
{
    public int Status { get; } = status;

    public byte[] Body { get; } = body;

    /// <summary>The single errors behind a 422, for bulk replies which list them by attribute.</summary>
    public ValidationErrors? Errors { get; } = errors;

    // The bodies of 401, 429 and 500 are not documented; they follow the one of 404, which is.
    public static ApiException Unauthorized() => WithMessage(401, "Unauthorized");

    public static ApiException Forbidden(string message) => WithMessage(403, message);

    public static ApiException NotFound() => WithMessage(404, "Resource not found");

    public static ApiException BadRequest(string message) => WithMessage(400, message);

    public static ApiException TooManyRequests() => WithMessage(429, "Too many requests");

    public static ApiException InternalError() => WithMessage(500, "Internal server error");

    public static ApiException Unprocessable(string message) => WithMessage(422, message);

    public static ApiException Invalid(ValidationErrors errors) => WithMessage(422, errors.ToMessage(), errors);

    public static ApiException Invalid(string attribute, string message) => Invalid(ValidationErrors.Of(attribute, message));

    /// <summary>The bulk endpoints use another shape than all others: <c>error</c> instead of <c>message</c>.</summary>
    public static ApiException BulkTooLarge(int limit) =>
        WithError(422, FormattableString.Invariant($"Request size too large, limit is {limit}"));

    /// <summary>There is no endpoint at the address; recorded, and unlike the response for a record that does not exist.</summary>
    public static ApiException NoSuchAddress() => WithError(404, "not_found");

    private static ApiException WithError(int status, string error) =>
        new(status, JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("error", error);
            writer.WriteEndObject();
        }), error);

    private static ApiException WithMessage(int status, string message, ValidationErrors? errors = null)
    {
        byte[] body = JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("success", false);
            writer.WriteNumber("status", status);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        });
        return new ApiException(status, body, message, errors);
    }
}
