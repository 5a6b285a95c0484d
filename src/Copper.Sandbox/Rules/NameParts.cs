namespace Copper.Sandbox;

/// <summary>Splits a full name as the server does for replies.</summary>
internal sealed record NameParts(string? Prefix, string? First, string? Middle, string? Last, string? Suffix)
{
    private static readonly string[] Prefixes = ["Mr.", "Mrs.", "Ms.", "Miss", "Dr.", "Prof."];

    private static readonly string[] Suffixes = ["Jr.", "Sr.", "II", "III", "IV", "PhD", "MD"];

    public static NameParts Split(string name)
    {
        var words = name.Split([' '], StringSplitOptions.RemoveEmptyEntries).ToList();
        string? prefix = words.Count > 1 && Prefixes.Contains(words[0]) ? Take(words, 0) : null;
        string? suffix = words.Count > 2 && Suffixes.Contains(words[words.Count - 1]) ? Take(words, words.Count - 1) : null;
        string? first = words.Count > 0 ? Take(words, 0) : null;
        string? last = words.Count > 0 ? Take(words, words.Count - 1) : null;
        string? middle = words.Count > 0 ? string.Join(" ", words) : null;
        return new NameParts(prefix, first, middle, last, suffix);
    }

    /// <summary>
    /// Keeps the name of a draft and its parts in step. What was sent counts; the full name is split only where it was sent, or
    /// where the record is new, and put together where only parts were sent.
    /// </summary>
    public static void Apply(RecordDraft draft)
    {
        var split = Split(draft["name"] as string ?? "");
        (string Attribute, string? Value)[] parts =
        [
            ("prefix", split.Prefix), ("first_name", split.First), ("middle_name", split.Middle), ("last_name", split.Last),
            ("suffix", split.Suffix),
        ];
        bool isSplit = draft.IsNew || draft.WasSent("name");
        bool isAnySent = parts.Any(part => draft.WasSent(part.Attribute));
        if (isSplit && !isAnySent)
        {
            foreach (var (attribute, value) in parts)
            {
                draft[attribute] = value;
            }
        }
        else if (isAnySent && !draft.WasSent("name"))
        {
            var words = parts.Select(part => draft[part.Attribute] as string).Where(value => !string.IsNullOrWhiteSpace(value));
            draft["name"] = string.Join(" ", words);
        }
    }

    private static string Take(List<string> words, int index)
    {
        string word = words[index];
        words.RemoveAt(index);
        return word;
    }
}
