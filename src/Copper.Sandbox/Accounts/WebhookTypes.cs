using System.Text.Json;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// The address notifications go to. Only https is accepted, and, unlike by the service, http to this machine. The rules of the
/// webhook check it, after everything else, as a recorded response shows.
/// </summary>
internal sealed class WebhookTargetType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading) => JsonValues.Show(json);

    /// <summary>Whether notifications may go there.</summary>
    public static bool IsAllowed(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var target)
        && (target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && target.IsLoopback));

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue((string)value);
}

/// <summary>An object of any keys with text values, such as the secret of a webhook.</summary>
internal sealed class StringMapType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
        {
            return reading.Fail("must be an object of strings");
        }

        return json.EnumerateObject().Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value.GetString()!)).ToArray();
    }

    public override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartObject();
        foreach (var pair in (KeyValuePair<string, string>[])value)
        {
            writer.WriteString(pair.Key, pair.Value);
        }

        writer.WriteEndObject();
    }
}
