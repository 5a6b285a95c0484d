using System.Collections;
using System.Globalization;
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

    /// <summary>Refuses a value that <see cref="Write"/> could not write, with the member's name.</summary>
    public static void Check(string name, object? value, int depth = 0)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("A member of a JSON object needs a name.");
        }

        if (depth > DeepestNesting)
        {
            throw new ArgumentException($"The value of '{name}' is nested too deeply.");
        }

        switch (value)
        {
            case null or string or bool or IJsonWritable or JsonBody or DateTimeOffset or DateTime or Guid or Uri or Enum:
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
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
                    $"The value of '{name}' is a {value.GetType().Name}, which has no JSON form. Give text, a number, a date, true or false, a list or a hashtable of such.");
        }
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
