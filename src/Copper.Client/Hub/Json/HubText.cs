using System.Collections;
using System.Globalization;
using System.Text;

namespace Copper.Client.Hub.Json;

/// <summary>
/// The forms that values have on the wire. The documentation has the same attribute as a number in one action and as text
/// in the next; text is right in both.
/// </summary>
internal static class HubText
{
    private const string Hex = "0123456789ABCDEF";

    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>One value: dates as yyyy-mm-dd, true as 1, numbers with a point; null stays null.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "1" : "0",
        DateTime date => date.ToString(DateFormat, CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString(DateFormat, CultureInfo.InvariantCulture),

        // The trailing zeros of a decimal are no part of what was meant.
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>Attributes as one JSON object of texts.</summary>
    public static string OfData(JsonBody data)
    {
        var texts = new JsonBody();
        foreach (var member in data)
        {
            // What is nested has no documented form: it goes out as it is.
            texts[member.Key] = member.Value is JsonBody or IEnumerable and not string ? member.Value : Of(member.Value);
        }

        return texts.ToString();
    }

    /// <summary>Form fields, percent-encoded. The framework's own encoder rejects texts of more than 64 KB on .NET Framework.</summary>
    public static byte[] Form(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var form = new StringBuilder();
        foreach (var field in fields)
        {
            if (form.Length > 0)
            {
                form.Append('&');
            }

            Encode(form, field.Key);
            form.Append('=');
            Encode(form, field.Value);
        }

        return Encoding.ASCII.GetBytes(form.ToString());
    }

    private static void Encode(StringBuilder form, string text)
    {
        foreach (var code in Encoding.UTF8.GetBytes(text))
        {
            if (code is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
                or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                form.Append((char)code);
            }
            else
            {
                form.Append('%').Append(Hex[code >> 4]).Append(Hex[code & 15]);
            }
        }
    }
}
