using System.Text;
using System.Text.Json;

namespace Copper.Client.Json;

/// <summary>Reads text that may be broken: half a surrogate pair becomes a replacement character instead of an error.</summary>
internal static class LenientText
{
    public static string ReadString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Escapes such as \ud83d without their other half, or bytes that are no UTF-8.
            var raw = reader.HasValueSequence ? [] : reader.ValueSpan.ToArray();
            return Encoding.UTF8.GetString(raw);
        }
    }
}
