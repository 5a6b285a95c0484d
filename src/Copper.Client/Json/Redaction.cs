using System.Text;
using System.Text.RegularExpressions;

namespace Copper.Client.Json;

/// <summary>
/// Takes secrets out of texts and of members of objects: by their value where it is known, and by the name of the member that holds them
/// where it is not.
/// </summary>
internal static class Redaction
{
    /// <summary>Stands for a secret.</summary>
    public const string Mask = "***";

    /// <summary>What is shorter may stand in any text.</summary>
    private const int ShortestEncoded = 8;

    private const string Names =
        "secret|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|token|authori[sz]ation|credential";

    private static readonly Regex SecretName = new(Names, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>
    /// "name": "value", "name" => "value", "name": { … } and name=value, where the name is that of a secret, and Authorization: Bearer
    /// value.
    /// A quoted text with spaces is a sentence about the member, such as what is wrong with it.
    /// </summary>
    private static readonly Regex SecretMember = new(
        """(?<name>authori[sz]ation\\?["']?\s*(?::|=>|=)\s*\\?["']?(?:bearer|basic)\s+)(?<value>[^\s"',;\\]+)"""
        + $$"""|(?<name>\\?["'][\w-]*(?:{{Names}})[\w-]*\\?["']\s*(?::|=>)\s*)"""
        + """(?<value>\\"[^"\\\s]+\\"|"(?:[^"\\\s]|\\.)+"|'[^'\s]+'|\{[^{}]*\})"""
        + $$"""|(?<name>(?<![\w-])[\w-]*(?:{{Names}})[\w-]*=)(?<value>[^\s&;,"'<>=]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>A member of this name holds a secret, such as secret, webhook_secret, Authorization or apiKey.</summary>
    /// <param name="name">The name, in any spelling.</param>
    /// <param name="inWebhook">The member is one of a webhook, whose HTTP headers may hold credentials.</param>
    public static bool IsSecretName(string name, bool inWebhook = false) =>
        SecretName.IsMatch(name) || (inWebhook && name.Contains("header", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The text without <paramref name="secret"/>, nor as it is written in an address or in base 64, in capital or small letters (the
    /// name of a host is repeated in small ones). What is as short as a word is no secret, and taking it out would garble the text.
    /// </summary>
    public static string Redact(string text, string secret, int shortest = 8) =>
        secret.Length < shortest ? text : Encoded(secret).Aggregate(text, Without);

    /// <summary>
    /// The secret as it is, in an address, and in base 64, in which it also goes out: without the padding, and without the characters
    /// that depend on what stands before or after it.
    /// </summary>
    private static IEnumerable<string> Encoded(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        for (var shift = 0; shift < 3; shift++)
        {
            var bytes = Encoding.UTF8.GetBytes(new string(' ', shift) + secret);
            var whole = Convert.ToBase64String(bytes).Substring(shift == 0 ? 0 : 4);
            foreach (var text in new[] { whole, whole.TrimEnd('='), whole.Substring(0, Math.Max(0, whole.Length - 4)) })
            {
                if (text.Length >= ShortestEncoded)
                {
                    yield return text;
                    yield return text.Replace('+', '-').Replace('/', '_');
                }
            }
        }
    }

    /// <summary>
    /// The text without a value that is too short to be taken out wherever it stands: only where it is the value of this name.
    /// </summary>
    public static string RedactMember(string text, string name, string value) =>
        value.Length == 0 || !text.Contains(name, StringComparison.OrdinalIgnoreCase)
        ? text
        : Regex.Replace(
            text,
            $"""({Regex.Escape(name)}\\?["']?\s*(?::|=>|=)\s*\\?["']?){Regex.Escape(value)}(?![\w-])""",
            "$1" + Mask,
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The text without the values of members whose name is that of a secret, whatever the values are.</summary>
    public static string RedactSecretMembers(string text) =>
        SecretName.IsMatch(text)
            ? SecretMember.Replace(text, static match => match.Groups["name"].Value + Masked(match.Groups["value"].Value))
            : text;

    /// <summary>Masks the members whose name is that of a secret, nested ones too.</summary>
    /// <param name="members">What the service sent besides the members that are known; null for nothing.</param>
    /// <param name="inWebhook">The members are those of a webhook; see <see cref="IsSecretName"/>.</param>
    /// <param name="keep">Receives the values that were masked; null when nobody needs them.</param>
    public static void RedactMembers(AdditionalMembers? members, bool inWebhook = false, IDictionary<string, object?>? keep = null)
    {
        foreach (var member in members?.ToArray() ?? [])
        {
            if (!IsSecretName(member.Key, inWebhook))
            {
                RedactNested(member.Value, inWebhook);
            }
            else if (member.Value is not (null or "" or Mask))
            {
                keep?.Add(member.Key, member.Value);
                members![member.Key] = Mask;
            }
        }
    }

    private static void RedactNested(object? value, bool inWebhook)
    {
        switch (value)
        {
            case AdditionalMembers members:
                RedactMembers(members, inWebhook);
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    RedactNested(item, inWebhook);
                }

                break;
        }
    }

    /// <summary>A quoted value stays quoted, and an object becomes a text, so that what was JSON still is.</summary>
    private static string Masked(string value)
    {
        var quote = value[0] switch
        {
            '\\' => value.Substring(0, 2),
            '"' or '\'' => value.Substring(0, 1),
            '{' => "\"",
            _ => string.Empty,
        };
        return quote + Mask + quote;
    }

    private static string Without(string text, string secret)
    {
        var found = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        if (found < 0)
        {
            return text;
        }

        var rest = new StringBuilder(text.Length);
        var start = 0;
        for (; found >= 0; found = text.IndexOf(secret, start, StringComparison.OrdinalIgnoreCase))
        {
            rest.Append(text, start, found - start).Append(Mask);
            start = found + secret.Length;
        }

        return rest.Append(text, start, text.Length - start).ToString();
    }
}
