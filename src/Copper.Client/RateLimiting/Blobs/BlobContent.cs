using System.Globalization;
using System.Text;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting.Blobs;

/// <summary>
/// The content of the blob: a line that says what it is, and then the state. Whatever does not begin with the line was not written by
/// this library, and is never overwritten.
/// </summary>
internal static class BlobContent
{
    private const string Title = "CopperPS shared rate limit, format ";

    /// <summary>The bytes of the blob for a state.</summary>
    public static byte[] Write(byte[] state)
    {
        var line = Encoding.ASCII.GetBytes($"{Title}{LimiterStateSerializer.Version}\n");
        return [.. line, .. state];
    }

    /// <summary>The state in the bytes of the blob; empty when it holds nothing yet.</summary>
    /// <exception cref="IOException">It holds something else, or the state of a newer release.</exception>
    public static byte[] Read(byte[] content)
    {
        if (content.Length == 0)
        {
            return content;
        }

        var end = Array.IndexOf(content, (byte)'\n', 0, Math.Min(content.Length, Title.Length + 10));
        var line = end < 0 ? string.Empty : Encoding.ASCII.GetString(content, 0, end);
        if (!line.StartsWith(Title, StringComparison.Ordinal)
            || !int.TryParse(line.Substring(Title.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw new IOException("It holds something else than a shared rate limit, and was left alone. Name another blob, or delete it");
        }

        if (version > LimiterStateSerializer.Version)
        {
            throw new IOException(
                $"It was written by a newer release of CopperPS (format {version}; this one knows {LimiterStateSerializer.Version}), and "
                + "was left alone. Use the same release on all machines, or name another blob");
        }

        // An older format is not read: what it holds counts as damaged, and all wait for one window.
        return content.Skip(end + 1).ToArray();
    }
}
