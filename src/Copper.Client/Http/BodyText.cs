using System.Text;
#if !NET
using System.Runtime.InteropServices;
#endif

namespace Copper.Client;

/// <summary>The encoding of a response: what reads it expects UTF-8, as JSON has to be, and some proxy may send another one.</summary>
internal static class BodyText
{
    /// <summary>The body in UTF-8, where its content type names another charset that is known here; null where it stays as it is.</summary>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="charset">The charset of the content type; null when it names none.</param>
    public static byte[]? ToUtf8(ReadOnlyMemory<byte> body, string? charset)
    {
        if (body.IsEmpty || EncodingOf(charset) is not { } encoding)
        {
            return null;
        }

        var text = encoding.GetString(body.ToArray());
        return Encoding.UTF8.GetBytes(text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text);
    }

    /// <summary>All bytes are UTF-8.</summary>
    public static bool IsUtf8(ReadOnlyMemory<byte> body)
    {
#if NET
        return System.Text.Unicode.Utf8.IsValid(body.Span);
#else
        try
        {
            _ = MemoryMarshal.TryGetArray(body, out var bytes)
                ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes.Array ?? [], bytes.Offset, bytes.Count)
                : 0;
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
#endif
    }

    /// <summary>ASCII is a part of UTF-8, and more than that where it is declared by mistake.</summary>
    private static Encoding? EncodingOf(string? charset)
    {
        var name = charset?.Trim().Trim('"', '\'').ToLowerInvariant();
        if (name is null or "" or "utf-8" or "utf8" or "us-ascii" or "ascii")
        {
            return null;
        }

        try
        {
#if NET
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
#else
            return Encoding.GetEncoding(name);
#endif
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
