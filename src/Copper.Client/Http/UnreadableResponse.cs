using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>
/// Describes why a response cannot be read: what is wrong, in which record of which page. What .NET reports about it names types of
/// this library, which tell nobody what the service sent.
/// </summary>
internal static class UnreadableResponse
{
    private static readonly Regex Record = new("^\\$\\[(\\d+)\\](.*)$", RegexOptions.Singleline);

    /// <param name="exception">What the reader threw.</param>
    /// <param name="body">The body of the response.</param>
    /// <param name="request">The request; a search states which page it asked for.</param>
    public static string Describe(Exception exception, ReadOnlyMemory<byte> body, CopperRequest request)
    {
        if (exception is not JsonException problem)
        {
            return exception is OutOfMemoryException
                ? "there is not enough memory for it."
                : "it holds something else than what was expected.";
        }

        if (SyntaxProblem(body.Span) is { } syntax)
        {
            return syntax;
        }

        var place = Place(problem.Path, request);
        if (!IsOfDotNet(problem.Message))
        {
            return place is null ? problem.Message : $"{place}: {problem.Message}";
        }

        return problem.Message.Contains("missing required", StringComparison.Ordinal) ? $"{place ?? "it"} has no id."
            : place is null ? $"it is {Kind(body.Span)}, which is not what was expected."
            : $"{place} holds something else than what was expected there.";
    }

    /// <summary>All that came is in order as JSON, and more would have to follow.</summary>
    public static bool IsCutOff(ReadOnlySpan<byte> body)
    {
        try
        {
            _ = JsonDepth.IsTooDeep(body);
            return false;
        }
        catch (JsonException)
        {
            return IsBegin(body);
        }
    }

    private static bool IsOfDotNet(string message) =>
        message.Contains("LineNumber: ", StringComparison.Ordinal)
        || message.StartsWith("JSON deserialization for type", StringComparison.Ordinal)
        || message.Contains("System.", StringComparison.Ordinal);

    /// <summary>The record and the member in words; null for the response as a whole.</summary>
    private static string? Place(string? path, CopperRequest request)
    {
        if (path is null or "$")
        {
            return null;
        }

        if (Record.Match(path) is { Success: true } match)
        {
            var number = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + 1;
            var page = request.Body?.Contains("page_number") == true ? $" of page {request.Body["page_number"]}" : string.Empty;
            var member = match.Groups[2].Value.TrimStart('.');
            return $"record {number}{page}" + (member.Length == 0 ? string.Empty : $", member '{member}'");
        }

        return $"member '{path.TrimStart('$', '.')}'";
    }

    private static string Kind(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return !reader.Read() ? "nothing" : reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number",
            JsonTokenType.Null => "null",
            _ => "true or false",
        };
    }

    private static string? SyntaxProblem(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonDepth.IsTooDeep(body) ? "it is nested more than 64 levels deep." : null;
        }
        catch (JsonException problem)
        {
            return IsBegin(body)
                ? string.Format(CultureInfo.InvariantCulture, "it is cut off after {0:#,0} bytes.", body.Length)
                : string.Format(
                    CultureInfo.InvariantCulture,
                    "it is no proper JSON (line {0}, byte {1}).",
                    problem.LineNumber + 1,
                    problem.BytePositionInLine + 1);
        }
    }

    private static bool IsBegin(ReadOnlySpan<byte> body)
    {
        try
        {
            _ = JsonDepth.Of(body, isWhole: false);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
