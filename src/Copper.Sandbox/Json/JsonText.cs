using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Copper.Sandbox.Json;

/// <summary>Writes JSON into byte arrays and strings.</summary>
internal static class JsonText
{
    // Names with accents stay readable in the replies, as the service sends them.
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream(1024);
        using (var writer = new Utf8JsonWriter(stream, WriterOptions))
        {
            write(writer);
        }

        return stream.ToArray();
    }

    public static string Text(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Bytes(write));
}
