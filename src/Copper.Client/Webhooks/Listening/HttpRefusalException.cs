namespace Copper.Client.Webhooks.Listening;

/// <summary>A request is not taken.</summary>
internal sealed class HttpRefusalException(WebhookOutcome outcome, int status, string reason, string message) : Exception(message)
{
    public WebhookOutcome Outcome { get; } = outcome;

    public int Status { get; } = status;

    /// <summary>The words that go with the status.</summary>
    public string Reason { get; } = reason;

    public static HttpRefusalException Malformed(string message) => new(WebhookOutcome.Malformed, 400, "Bad Request", message);

    public static HttpRefusalException WrongSecret() => new(WebhookOutcome.WrongSecret, 401, "Unauthorized", "a wrong secret, or none");

    public static HttpRefusalException WrongPath() => new(WebhookOutcome.WrongPath, 404, "Not Found", "another path");

    public static HttpRefusalException WrongMethod(string method) =>
        new(WebhookOutcome.WrongMethod, 405, "Method Not Allowed", $"method {method}, not POST");

    public static HttpRefusalException BodyTooLarge(int limit) =>
        new(WebhookOutcome.TooLarge, 413, "Content Too Large", $"a body of more than {limit} bytes");

    public static HttpRefusalException TooManyChunks(int most) =>
        new(WebhookOutcome.TooLarge, 413, "Content Too Large", $"a body in more than {most} chunks");

    public static HttpRefusalException HeadTooLarge() =>
        new(WebhookOutcome.TooLarge, 431, "Request Header Fields Too Large", "overlong headers");

    public static HttpRefusalException Unavailable() =>
        new(WebhookOutcome.Unavailable, 503, "Service Unavailable", "the listener is at its end");
}
