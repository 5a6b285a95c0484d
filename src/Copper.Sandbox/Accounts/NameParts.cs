namespace Copper.Sandbox.Accounts;

/// <summary>Splits a full name as the server does for replies.</summary>
internal sealed record NameParts(string? Prefix, string? First, string? Middle, string? Last, string? Suffix)
{
    private static readonly string[] Attributes = ["prefix", "first_name", "middle_name", "last_name", "suffix"];

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

    /// <summary>Sets the name attributes of a draft from its name, unless the client set them.</summary>
    public static void Apply(RecordDraft draft)
    {
        if (Attributes.Any(draft.WasSent) || !(draft.IsNew || draft.WasSent("name")))
        {
            return;
        }

        var parts = Split(draft["name"] as string ?? "");
        draft["prefix"] = parts.Prefix;
        draft["first_name"] = parts.First;
        draft["middle_name"] = parts.Middle;
        draft["last_name"] = parts.Last;
        draft["suffix"] = parts.Suffix;
    }

    /// <summary>
    /// Puts the name together from the parts when parts are sent without it. A name and parts that are sent together are kept as
    /// they are sent. The vendor's OpenAPI file has the parts in the bodies of people and leads; how they and the name go together
    /// is assumed.
    /// </summary>
    public static void Compose(RecordDraft draft)
    {
        if (draft.WasSent("name") || !Attributes.Any(draft.WasSent))
        {
            return;
        }

        var parts = Attributes.Select(attribute => draft[attribute] as string);
        draft["name"] = string.Join(" ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
    }

    private static string Take(List<string> words, int index)
    {
        string word = words[index];
        words.RemoveAt(index);
        return word;
    }
}
