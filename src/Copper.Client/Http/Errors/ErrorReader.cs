using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Copper.Client.Http.Errors;

/// <summary>
/// Reads whatever stands in an error answer: <c>message</c> as text or as an object field → [{error}], an <c>error</c> key,
/// an HTML page of some proxy, or nothing at all (Copper API documentation, error bodies; bulk endpoints).
/// </summary>
internal static class ErrorReader
{
    private const int LongestMessage = 1000;
    private static readonly Regex Title = new("<title[^>]*>(.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    private static readonly Regex Invisible = new("<(script|style)[^>]*>.*?</\\1>|<[^>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    private static readonly Regex Whitespace = new("\\s+", RegexOptions.None, TimeSpan.FromSeconds(1));

    public static ServiceError Read(Reply reply)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var message = ReadJson(reply.Body, fields) ?? ReadText(reply.Body);
        return new ServiceError
        {
            StatusCode = reply.StatusCode,
            Message = Shorten(message.Length == 0 && reply.Location is not null ? "Location: " + reply.Location : message),
            FieldErrors = fields.Count == 0 ? ServiceError.NoFieldErrors : fields,
            RequestId = reply.RequestId,
            RetryAfter = reply.RetryAfter,
        };
    }

    /// <summary>The words of an error object: what <c>message</c> or <c>error</c> holds; null when it is no such object.</summary>
    public static string? ReadObject(JsonElement root, IDictionary<string, string> fields)
    {
        if (root.ValueKind == JsonValueKind.String)
        {
            return Lines(root.GetString()!);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("message", out var message) && Words(message, fields) is { Length: > 0 } words)
        {
            return words;
        }

        return root.TryGetProperty("error", out var error) && Words(error, fields) is { Length: > 0 } text ? text : null;
    }

    private static string? ReadJson(ReadOnlyMemory<byte> body, Dictionary<string, string> fields)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return ReadObject(document.RootElement, fields);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string with broken surrogates: readable as bytes, not as text.
            return null;
        }
    }

    private static string? Words(JsonElement element, IDictionary<string, string> fields)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Lines(element.GetString()!);

            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    fields[member.Name] = string.Join(", ", Reasons(member.Value));
                }

                return string.Join("; ", fields.Select(static field => $"{field.Key}: {field.Value}"));

            case JsonValueKind.Array:
                return string.Join("; ", Reasons(element));

            default:
                return null;
        }
    }

    private static IEnumerable<string> Reasons(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Reasons),
        JsonValueKind.Object when element.TryGetProperty("error", out var error) => Reasons(error),
        JsonValueKind.Object when element.TryGetProperty("message", out var message) => Reasons(message),
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Null => [],
        _ => [element.GetRawText()],
    };

    private static string ReadText(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.ToArray(), 0, Math.Min(body.Length, 64 * 1024)).Trim('\uFEFF', ' ', '\r', '\n', '\t');
        if (text.Length == 0 || text[0] != '<')
        {
            // JSON that says nothing ({} or []) is no message.
            return text is "{}" or "[]" or "null" ? string.Empty : Whitespace.Replace(text, " ");
        }

        var title = Title.Match(text);
        return WebUtility.HtmlDecode(Whitespace.Replace(title.Success ? title.Groups[1].Value : Invisible.Replace(text, " "), " ")).Trim();
    }

    private static string Lines(string text) => string.Join("; ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim()));

    private static string Shorten(string text) => text.Length <= LongestMessage ? text : text.Substring(0, LongestMessage) + " …";
}
