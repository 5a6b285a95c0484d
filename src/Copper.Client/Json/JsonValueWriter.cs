using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Copper.Client.Json;

/// <summary>A model's value object that knows its own JSON form.</summary>
internal interface IJsonWritable
{
    void WriteTo(Utf8JsonWriter writer);
}

/// <summary>Writes plain CLR values as JSON, without reflection over their types.</summary>
internal static class JsonValueWriter
{
    private const int DeepestNesting = 32;

    /// <summary>Letters of every script go out as themselves; only what JSON itself requires is escaped.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Rejects a value that <see cref="Write"/> could not write, with the member's name.</summary>
    public static void Check(string name, object? value, int depth = 0)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("A member of a JSON object needs a name.");
        }

        CheckText("the name of a member", name, allowsHalves: true);
        if (depth > DeepestNesting)
        {
            throw new ArgumentException($"The value of '{name}' is nested too deeply.");
        }

        switch (value)
        {
            case string text:
                CheckText(name, text, allowsHalves: true);
                return;

            case IJsonWritable writable:
                // Its texts are its own: writing it is the way to see them.
                using (var nowhere = new Utf8JsonWriter(Stream.Null, Options))
                {
                    writable.WriteTo(nowhere);
                }

                return;

            case null or bool or JsonBody or DateTimeOffset or DateTime or Guid or Uri or Enum:
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal or BigInteger:
                return;

            case float or double when !IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                throw new ArgumentException($"The value of '{name}' is not a finite number.");

            case float or double:
                return;

            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    Check(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value, depth + 1);
                }

                return;

            case IEnumerable list:
                foreach (var item in list)
                {
                    Check(name, item, depth + 1);
                }

                return;

            default:
                throw new ArgumentException(
                    $"The value of '{name}' is a {value.GetType().Name}, which has no JSON form. "
                    + $"Give text, a number, a date, true or false, a list or {ErrorWords.Current.Dictionary} of such.");
        }
    }

    /// <summary>
    /// Rejects text that is broken, or that no field can hold, before it is sent and fails there, or comes back as something else.
    /// </summary>
    /// <param name="name">What the text is for.</param>
    /// <param name="text">The text.</param>
    /// <param name="allowsHalves">
    /// Half a character, as some records hold it, goes out as a mark in JSON; in an address it cannot stand.
    /// </param>
    /// <exception cref="ArgumentException">The text holds a NUL character, or half a character.</exception>
    public static void CheckText(string name, string? text, bool allowsHalves = false)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !isPair && !allowsHalves))
            {
                throw new ArgumentException(string.Format(
                    CultureInfo.InvariantCulture,
                    "The text of '{0}' holds {1} at position {2}, which cannot be kept. Take it out.",
                    ErrorText.Printable(name),
                    text[i] == '\0' ? "a NUL character" : "half a character (a surrogate without its other half)",
                    i + 1));
            }

            i += isPair ? 1 : 0;
        }
    }

    /// <summary>Writes a member that is text, or null.</summary>
    public static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        CheckText(name, text, allowsHalves: true);
        writer.WriteString(name, text);
    }

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case IJsonWritable writable:
                writable.WriteTo(writer);
                break;
            case DateTimeOffset time:
                writer.WriteNumberValue(time.ToUnixTimeSeconds());
                break;
            case DateTime time:
                // Without a zone it is local time, as everywhere in .NET.
                writer.WriteNumberValue(new DateTimeOffset(time).ToUnixTimeSeconds());
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case BigInteger number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case JsonBody body:
                writer.WriteStartObject();
                foreach (var member in body)
                {
                    writer.WritePropertyName(member.Key);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case IDictionary dictionary:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in dictionary)
                {
                    writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                // Enum, Guid, Uri
                writer.WriteStringValue(value.ToString());
                break;
        }
    }

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
}
