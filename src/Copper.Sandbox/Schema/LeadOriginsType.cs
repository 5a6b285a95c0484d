using System.Text.Json;

namespace Copper.Sandbox;

/// <summary>The leads a record was converted from: <c>[{"lead_id":7}]</c>, kept as their ids. Set by the server only.</summary>
internal sealed class LeadOriginsType : AttributeType
{
    public override object? Empty => Array.Empty<long>();

    public override object? Read(JsonElement json, AttributeReading reading) => reading.Fail("is read-only");

    public override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        foreach (long leadId in (long[])value)
        {
            writer.WriteStartObject();
            writer.WriteNumber("lead_id", leadId);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
