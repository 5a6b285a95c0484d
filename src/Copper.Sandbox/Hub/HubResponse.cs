using System.Globalization;
using System.Text;
using System.Text.Json;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Hub;

/// <summary>A response in its envelope, written as PHP writes it: slashes escaped, letters outside ASCII as \uXXXX.</summary>
/// <param name="Code">Status of the response and of the envelope.</param>
/// <param name="Message">Message of the envelope.</param>
/// <param name="Data">Writes the members of <c>data</c>.</param>
internal sealed record HubResponse(int Code, string Message, Action<Utf8JsonWriter> Data)
{
    /// <summary>A response whose data begins with the version; those of the read actions do not.</summary>
    public static HubResponse WithVersion(int code, string message, Action<Utf8JsonWriter>? data = null) => new(code, message, writer =>
    {
        writer.WriteNumber("api_version", 1);
        data?.Invoke(writer);
    });

    /// <summary>A response that says that something was done, or listed.</summary>
    public static HubResponse Success(string message, Action<Utf8JsonWriter>? data = null) => WithVersion(200, message, writer =>
    {
        writer.WriteBoolean("success", true);
        data?.Invoke(writer);
    });

    public SandboxReply ToReply()
    {
        string json = JsonText.Text(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("response_code", Code);
            writer.WriteString("message", Message);
            writer.WriteStartObject("data");
            Data(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        return new SandboxReply(
            Code, new Dictionary<string, string> { ["Content-Type"] = "application/json" }, Encoding.ASCII.GetBytes(Escape(json)));
    }

    private static string Escape(string json)
    {
        var text = new StringBuilder(json.Length + 64);
        foreach (char letter in json)
        {
            _ = letter switch
            {
                // Slashes and foreign letters stand in strings only.
                '/' => text.Append("\\/"),
                > '~' => text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(letter),
            };
        }

        return text.ToString();
    }
}
