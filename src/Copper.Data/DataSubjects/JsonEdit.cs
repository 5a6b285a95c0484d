using System.Text.Encodings.Web;
using System.Text.Json;

namespace Copper.Data.DataSubjects;

/// <summary>Writes a record with some of its members changed; all others keep their order, spelling and numbers.</summary>
internal sealed class JsonEdit
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    private readonly Dictionary<string, Func<JsonElement, bool>?> _edits = new(StringComparer.Ordinal);

    /// <summary>Nothing is to be changed.</summary>
    public bool IsEmpty => _edits.Count == 0;

    /// <summary>The member becomes null.</summary>
    public void Clear(string member) => _edits[member] = null;

    /// <summary>Of a list only these items stay.</summary>
    public void Keep(string member, Func<JsonElement, bool> stays) => _edits[member] = stays;

    /// <summary>The record with its changes.</summary>
    public byte[] Apply(JsonElement record)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            foreach (var member in record.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                if (!_edits.TryGetValue(member.Name, out var stays))
                {
                    member.Value.WriteTo(writer);
                }
                else if (stays is null || member.Value.ValueKind != JsonValueKind.Array)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    writer.WriteStartArray();
                    foreach (var item in member.Value.EnumerateArray().Where(stays))
                    {
                        item.WriteTo(writer);
                    }

                    writer.WriteEndArray();
                }
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
