using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Copper.Client.Json;

/// <summary>Reads text that may be broken: half a surrogate pair becomes a replacement character instead of an error.</summary>
internal static class TolerantText
{
    private const char Replacement = '\ufffd';

    public static string ReadString(in Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Escapes such as \ud83d without their other half, or bytes that are no UTF-8.
            var raw = reader.HasValueSequence ? [] : reader.ValueSpan.ToArray();
            return Unescape(Encoding.UTF8.GetString(raw));
        }
    }

    /// <summary>The text of a JSON string.</summary>
    public static string Of(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var raw = text.GetRawText();
            return Unescape(raw.Substring(1, raw.Length - 2));
        }
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            switch (raw[i])
            {
                case 'b':
                    text.Append('\b');
                    break;
                case 'f':
                    text.Append('\f');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'u' when i + 4 < raw.Length:
                    text.Append((char)ushort.Parse(raw.Substring(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default:
                    text.Append(raw[i]);
                    break;
            }
        }

        ReplaceHalves(text);
        return text.ToString();
    }

    private static void ReplaceHalves(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = Replacement;
            }
        }
    }
}
