using System.Text.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>The leads a record was converted from: <c>[{"lead_id":7,"converted_timestamp":1754429285}]</c>. Set by the server
/// only.</summary>
internal sealed class LeadOriginsType : AttributeType
{
    public override object? Empty => Array.Empty<LeadOrigin>();

    public override object? Read(JsonElement json, AttributeReading reading) => reading.Fail("is read-only");

    public override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        foreach (var origin in (LeadOrigin[])value)
        {
            writer.WriteStartObject();
            writer.WriteNumber("lead_id", origin.LeadId);
            writer.WriteNumber("converted_timestamp", origin.ConvertedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
