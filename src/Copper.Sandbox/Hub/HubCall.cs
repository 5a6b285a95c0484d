using System.Globalization;
using System.Text.Json;

namespace Copper.Sandbox.Hub;

/// <summary>A call of an action: the form, and the user once the session is known.</summary>
internal sealed class HubCall(SandboxRequest request)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>PHP fills in the form only when the content type says that there is one.</summary>
    private readonly IReadOnlyDictionary<string, string> _form =
        SandboxPath.ParseQuery(request.Header("Content-Type")?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) == true
            ? request.Body : null);

    public string Method => request.Method;

    /// <summary>Who calls; null until then.</summary>
    public HubSandboxUser? User { get; set; }

    /// <summary>module, action and v may stand in the query or in the form.</summary>
    public string? Selector(string name) => request.Query.TryGetValue(name, out string? value) ? value : Field(name);

    /// <summary>A form field; null if it is missing. Fields in the query do not count: all parameters but the selectors are of type
    /// POST.</summary>
    public string? Field(string name) => _form.TryGetValue(name, out string? value) ? value : null;

    public long Id() =>
        long.TryParse(Field("id"), NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : throw HubException.BadRequest();

    /// <summary>The attributes in <c>data</c>, as texts. The pages show JavaScript notation; what is accepted is JSON.</summary>
    public IReadOnlyDictionary<string, string?> Data()
    {
        try
        {
            using var document = JsonDocument.Parse(Field("data") ?? throw HubException.BadRequest());
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject()
                    .ToDictionary(static member => member.Name, static member => Text(member), StringComparer.Ordinal)
                : throw HubException.BadRequest();
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            // No JSON, or an attribute given twice.
            throw HubException.BadRequest();
        }
    }

    /// <summary>Attributes are numbers or strings, depending on the action; both are read as text.</summary>
    private static string? Text(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString(),
        JsonValueKind.Number => member.Value.GetRawText(),
        JsonValueKind.Null => null,
        _ => throw new HubException(400, $"{member.Name} must be a string or a number."),
    };
}
