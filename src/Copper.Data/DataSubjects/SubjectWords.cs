using System.Globalization;
using System.Text;
using System.Text.Json;
using Copper.Data.Duplicates;

namespace Copper.Data.DataSubjects;

/// <summary>The words by which texts mention a person: addresses, full names, telephone numbers.</summary>
internal sealed class SubjectWords
{
    private const int FewestDigits = 7;
    private const int MostDigits = 9;

    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);

    /// <summary>Adds an address in its compared form; false when it is known.</summary>
    public bool AddAddress(string address) => _addresses.Add(address);

    /// <summary>Adds a name; false when it is known. One of a single word is in too many texts, and is not looked for.</summary>
    public bool AddName(string? name)
    {
        var grew = false;
        foreach (var form in NameText.FormsOf(name, isCompany: false).Where(static form => form.Length > 1))
        {
            grew |= _names.Add(" " + string.Join(" ", form) + " ");
            grew |= _names.Add($" {form[form.Length - 1]} {string.Join(" ", form.Take(form.Length - 1))} ");
        }

        return grew;
    }

    /// <summary>Adds a telephone number; false when it is known, or too short to be told from other numbers.</summary>
    public bool AddNumber(string number) => KeyOf(number) is { } key && _numbers.Add(key);

    /// <summary>The name is one of those of the person, but for case, accents and title.</summary>
    public bool HasName(string? name) => NameText.FormsOf(name, isCompany: false)
        .Any(form => form.Length > 1 && _names.Contains(" " + string.Join(" ", form) + " "));

    /// <summary>The texts of a value that mention the person.</summary>
    /// <param name="value">The value.</param>
    /// <param name="field">The member that it is of; null for a whole record.</param>
    public IEnumerable<SubjectMention> MentionsIn(JsonElement value, string? field = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = value.GetString()!;
                return WhatIn(text) is { } what ? [new SubjectMention(field ?? "text", what, text)] : [];
            case JsonValueKind.Array:
                return value.EnumerateArray().SelectMany(item => MentionsIn(item, FieldOf(item, field)));
            case JsonValueKind.Object:
                return value.EnumerateObject().SelectMany(member => MentionsIn(member.Value, field ?? member.Name));
            default:
                return [];
        }
    }

    /// <summary>What of the person stands in a text; null for nothing.</summary>
    public string? WhatIn(string text)
    {
        if (text.Length < 5)
        {
            return null;
        }

        var found = new List<string>();
        if (text.Any(static letter => letter == '@') && _addresses.Any(address => HasWord(text, address)))
        {
            found.Add("the address");
        }

        if (_names.Count > 0)
        {
            // What stands on the two sides of an at sign is no name.
            var folded = " " + NameText.Fold(text.Replace("@", " 0 "), expands: false) + " ";
            if (_names.Any(folded.Contains))
            {
                found.Add("the name");
            }
        }

        if (_numbers.Count > 0 && NumbersIn(text).Any(_numbers.Contains))
        {
            found.Add("the telephone number");
        }

        return found.Count == 0 ? null : string.Join(" and ", found);
    }

    /// <summary>The text without the addresses of the person.</summary>
    public string WithoutAddresses(string text)
    {
        foreach (var address in _addresses)
        {
            for (var at = IndexOfWord(text, address, 0); at >= 0; at = IndexOfWord(text, address, at))
            {
                text = text.Remove(at, address.Length);
            }
        }

        return text;
    }

    private static string? FieldOf(JsonElement item, string? field) => field == "custom_fields"
        && item.Id("custom_field_definition_id") is { } id
            ? string.Format(CultureInfo.InvariantCulture, "custom field {0}", id)
            : field;

    private static bool HasWord(string text, string address) => IndexOfWord(text, address, 0) >= 0;

    /// <summary>Where an address begins that is not the end or the beginning of another one.</summary>
    private static int IndexOfWord(string text, string address, int start)
    {
        for (var at = text.IndexOf(address, start, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(address, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + address.Length;
            var isWhole = (at == 0 || !IsOfAddress(text[at - 1]))
                && (end == text.Length || !(IsOfAddress(text[end]) && (text[end] != '.' || end + 1 < text.Length
                    && char.IsLetterOrDigit(text[end + 1]))));
            if (isWhole)
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsOfAddress(char letter) => char.IsLetterOrDigit(letter) || letter is '.' or '_' or '%' or '+' or '-';

    private static IEnumerable<string> NumbersIn(string text)
    {
        var digits = new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is >= '0' and <= '9')
            {
                digits.Append(letter);
            }
            else if (letter is not (' ' or '\u00a0' or '(' or ')' or '.' or '-' or '/' or '+'))
            {
                if (KeyOf(digits.ToString()) is { } key)
                {
                    yield return key;
                }

                digits.Clear();
            }
        }

        if (KeyOf(digits.ToString()) is { } last)
        {
            yield return last;
        }
    }

    /// <summary>The last digits, which do not change with the prefix of the country; null for too few of them.</summary>
    private static string? KeyOf(string number)
    {
        var digits = string.Concat(number.Where(static letter => letter is >= '0' and <= '9'));
        return digits.Length < FewestDigits ? null : digits.Substring(Math.Max(0, digits.Length - MostDigits));
    }
}
