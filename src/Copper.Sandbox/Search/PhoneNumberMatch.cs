using System.Text.Json;

namespace Copper.Sandbox.Search;

/// <summary>
/// Phone matching of the search endpoints: digits only, compared from the end.
/// Source: Copper API introduction, "searching by phone number".
/// </summary>
internal sealed class PhoneNumberMatch
{
    private const int ShortestCandidate = 6;
    private const int MostDropped = 6;
    private const int LongestPartialByDefault = 6;

    private readonly string[] _endings;

    private PhoneNumberMatch(string digits, bool fuzzy)
    {
        // Fuzzy: the number without up to six leading digits, as long as six are left.
        _endings = fuzzy
            ? [.. Enumerable.Range(0, MostDropped + 1)
                .Where(dropped => digits.Length - dropped >= ShortestCandidate)
                .Select(dropped => digits.Substring(dropped))]
            : [digits];
    }

    public static PhoneNumberMatch? Parse(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            string digits = Digits(json.GetString()!);
            return new PhoneNumberMatch(digits, fuzzy: digits.Length > LongestPartialByDefault);
        }

        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("match", out var match) || match.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return match.GetString() switch
        {
            "partial" => new PhoneNumberMatch(Digits(value.GetString()!), fuzzy: false),
            "fuzzy" => new PhoneNumberMatch(Digits(value.GetString()!), fuzzy: true),
            _ => null,
        };
    }

    public bool Matches(string number)
    {
        string digits = Digits(number);
        return Array.Exists(_endings, ending => digits.EndsWith(ending, StringComparison.Ordinal));
    }

    private static string Digits(string number) => new([.. number.Where(letter => letter is >= '0' and <= '9')]);
}
