using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>
/// Reads whatever stands in an error response: <c>message</c> as text or as an object field → [{error}], an <c>error</c> key,
/// <c>errors</c> as a list or an object, what is told beside them (<c>ids</c> of several leads that match, <c>candidates</c>,
/// <c>details</c>), an HTML page of some proxy, or nothing at all (Copper API documentation, error bodies; bulk endpoints).
/// </summary>
internal static class ErrorReader
{
    private const int LongestBody = 1024 * 1024;
    private static readonly string[] MembersOfWords = ["message", "error", "errors"];
    private static readonly string[] MembersBeside = ["ids", "candidates", "details"];
    private static readonly Regex Whitespace = new("\\s+");

    /// <param name="response">The response.</param>
    /// <param name="redact">Removes secrets from the text of the service.</param>
    public static ServiceError Read(ServiceResponse response, Func<string, string> redact)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);

        // As text first: whatever bytes came, what is left to read is Unicode. Secrets are taken out before and after it is read:
        // what is cut or broken is shown as it came, and what is not may spell them otherwise (\/, \u002b, &amp;).
        var bytes = response.Body.Slice(0, Math.Min(response.Body.Length, LongestBody)).ToArray();
        var body = redact(Encoding.UTF8.GetString(bytes).Trim('\uFEFF', ' ', '\r', '\n', '\t'));
        var message = ReadJson(body, fields, out var saysNotDone) ?? ReadText(body);
        return new ServiceError
        {
            StatusCode = response.StatusCode,
            Message = ErrorText.Tidy(
                redact(message.Length == 0 && response.Location is not null ? "Location: " + response.Location : message)),
            FieldErrors = Tidied(fields, redact),
            RequestId = response.RequestId,
            RetryAfter = response.RetryAfter,
            SaysNotDone = saysNotDone && (int)response.StatusCode is >= 400 and < 500,
        };
    }

    /// <summary>
    /// What a good status came with in place of a record or a list, as a sentence of its own: <c>{"error":"not_found"}</c>. Empty when
    /// it is no object that states something.
    /// </summary>
    public static string MessageBeside(ServiceResponse response, Func<string, string> redact)
    {
        if (response.Body.Length > LongestBody)
        {
            return string.Empty;
        }

        try
        {
            using var document = JsonDocument.Parse(response.Body);
            var said = document.RootElement.ValueKind == JsonValueKind.Object
                ? ReadObject(document.RootElement, new Dictionary<string, string>(StringComparer.Ordinal))
                : null;
            return ErrorText.Said(ErrorText.Tidy(redact(said ?? string.Empty)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return string.Empty;
        }
    }

    /// <summary>One failed item of a bulk response.</summary>
    public static ServiceError ReadItem(
        JsonElement item, System.Net.HttpStatusCode status, string? lead, string? requestId, Func<string, string> redact)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var message = ReadObject(item, fields) ?? string.Empty;
        return new ServiceError
        {
            StatusCode = status,
            Lead = lead,
            Message = ErrorText.Tidy(redact(message)),
            FieldErrors = Tidied(fields, redact),
            RequestId = requestId,
        };
    }

    /// <summary>
    /// The message of an error object: what <c>message</c>, <c>error</c> or <c>errors</c> holds, and what stands beside them; null when it
    /// is no such object.
    /// </summary>
    public static string? ReadObject(JsonElement root, IDictionary<string, string> fields)
    {
        if (root.ValueKind == JsonValueKind.String)
        {
            return Readable(TolerantText.Of(root));
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var words = new List<string>();
        foreach (var name in MembersOfWords)
        {
            // The same text often occurs twice; "error" beside a message is but a code.
            if ((words.Count == 0 || name == "errors") && root.TryGetProperty(name, out var member)
                && Words(member, fields) is { Length: > 0 } text && !words.Contains(text))
            {
                words.Add(text);
            }
        }

        foreach (var name in MembersBeside)
        {
            if (root.TryGetProperty(name, out var member) && Items(member) is { Length: > 0 } text)
            {
                words.Add($"{name}: {text}");
            }
        }

        return words.Count switch
        {
            0 => null,
            1 => words[0],
            _ => string.Join("; ", words.Select(static text => text.TrimEnd('.'))),
        };
    }

    /// <summary>What stands in a list beside the message: numbers, texts, or records, which are shown by id and name.</summary>
    private static string Items(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", element.EnumerateArray().Select(Items).Where(static item => item.Length > 0)),
        JsonValueKind.Object when Member(element, "id") is { Length: > 0 } id =>
            Member(element, "name") is { Length: > 0 } name ? $"{id} ({name})" : id,
        JsonValueKind.Object =>
            string.Join(", ", element.EnumerateObject().Select(static member => $"{member.Name}: {Items(member.Value)}")),
        JsonValueKind.String => Readable(TolerantText.Of(element)),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => string.Empty,
    };

    private static string Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? Items(value) : string.Empty;

    private static string? ReadJson(string body, Dictionary<string, string> fields, out bool saysNotDone)
    {
        saysNotDone = false;
        try
        {
            using var document = JsonDocument.Parse(body);
            saysNotDone = document.RootElement.ValueKind == JsonValueKind.Object
                && StatedError.IsFalse(document.RootElement, "success");
            return ReadObject(document.RootElement, fields) ?? (IsEmptyError(document.RootElement) ? string.Empty : null);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair.
            return null;
        }
    }

    /// <summary>The object has the members of an error, and nothing in them.</summary>
    private static bool IsEmptyError(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.EnumerateObject().All(static member => MembersOfWords.Contains(member.Name) || member.Name is "success" or "status");

    private static string? Words(JsonElement element, IDictionary<string, string> fields)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Readable(TolerantText.Of(element));

            case JsonValueKind.Object:
                var own = element.EnumerateObject().Select(static member => (member.Name, Text: ReasonOf(member.Value))).ToArray();
                foreach (var (name, text) in own)
                {
                    fields[name] = text;
                }

                return string.Join("; ", own.Select(static field => $"{field.Name}: {field.Text}"));

            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (FieldOf(item) is { } field)
                    {
                        fields[field] = ReasonBesideField(item);
                    }
                }

                return string.Join("; ", Reasons(element));

            case JsonValueKind.Number:
                return element.GetRawText();

            default:
                return null;
        }
    }

    /// <summary>What is wrong with a field. The service may name a field and state nothing about it.</summary>
    private static string ReasonOf(JsonElement field) =>
        string.Join(", ", Reasons(field)) is { Length: > 0 } reasons ? reasons : "no reason given";

    /// <summary>What stands beside the field that an item of a list names.</summary>
    private static string ReasonBesideField(JsonElement item) =>
        item.TryGetProperty("error", out var error) ? ReasonOf(error)
        : item.TryGetProperty("message", out var message) ? ReasonOf(message)
        : ReasonOf(default);

    /// <summary>The field that an error names beside its reason; null when it names none.</summary>
    private static string? FieldOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("field", out var field)
        && field.ValueKind == JsonValueKind.String
        && Readable(TolerantText.Of(field)).Trim() is { Length: > 0 } name
            ? name
            : null;

    private static IEnumerable<string> Reasons(JsonElement element) => AllReasons(element).Where(static reason => reason.Length > 0);

    private static IEnumerable<string> AllReasons(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(AllReasons),
        JsonValueKind.Object when FieldOf(element) is { } field => [$"{field}: {ReasonBesideField(element)}"],
        JsonValueKind.Object when element.TryGetProperty("error", out var error) => AllReasons(error),
        JsonValueKind.Object when element.TryGetProperty("message", out var message) => AllReasons(message),
        JsonValueKind.String => [Readable(TolerantText.Of(element)).Trim()],
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [element.GetRawText()],
    };

    private static Dictionary<string, string> Tidied(Dictionary<string, string> fields, Func<string, string> redact)
    {
        var tidied = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            tidied[ErrorText.Tidy(redact(field.Key))] = ErrorText.Tidy(redact(field.Value));
        }

        return tidied;
    }

    private static string ReadText(string body) =>

        // JSON that states nothing ({} or []) is no message.
        body is "{}" or "[]" or "null" ? string.Empty
            : WebPage.IsOne(body) ? WebPage.Words(body)
            : Whitespace.Replace(body, " ");

    private static string Readable(string text) => WebPage.IsOne(text)
        ? WebPage.Words(text)
        : string.Join("; ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim()));
}
