namespace Copper.Data.Duplicates;

/// <summary>What two names say of each other.</summary>
internal enum NameAgreement
{
    /// <summary>They are the same.</summary>
    Equal,

    /// <summary>They are the same but for a typing error, the order of the words, a middle name or an initial.</summary>
    Similar,

    /// <summary>One of the two is missing.</summary>
    Unknown,

    /// <summary>They are names of two.</summary>
    Different,
}

/// <summary>Compares names, and finds keys that similar names share, so that not each has to be compared with each.</summary>
internal static class NameSimilarity
{
    /// <summary>In a shorter word another letter makes another word.</summary>
    private const int ShortestWithError = 3;
    private const int ShortestOfTwoErrors = 4;

    /// <summary>Where nothing else than the name is alike, a word is long enough only from here on.</summary>
    private const int ShortestWithErrorAlone = 5;
    private const int ShortestAlone = 8;

    /// <summary>Compares two names in all their forms.</summary>
    public static NameAgreement Compare(string[][] one, string[][] other, bool isCompany)
    {
        if (one.Length == 0 || other.Length == 0)
        {
            return NameAgreement.Unknown;
        }

        foreach (var left in one)
        {
            foreach (var right in other)
            {
                if (left.SequenceEqual(right, StringComparer.Ordinal))
                {
                    return NameAgreement.Equal;
                }
            }
        }

        return one.Any(left => other.Any(right => IsSimilar(left, right, isCompany)))
            ? NameAgreement.Similar
            : NameAgreement.Different;
    }

    /// <summary>The names are so similar that they mean one, though nothing else is known to be alike.</summary>
    public static bool IsTellingAlone(string[][] one, string[][] other) => one.Any(left => other.Any(right =>
    {
        if (left.Sum(static word => word.Length) < ShortestAlone)
        {
            return false;
        }

        var (a, b) = Rest(left, right);
        return (a.Length == 0 && b.Length == 0)
            || (a.Length == 1 && b.Length == 1 && IsOneError(a[0], b[0], ShortestWithErrorAlone))
            || Joined(left) == Joined(right);
    }));

    /// <summary>One name has the initial where the other has the first name.</summary>
    public static bool HaveInitial(string[][] one, string[][] other) => one.Any(left => other.Any(right =>
    {
        var (a, b) = Rest(left, right);
        return a.Length == 1 && b.Length == 1 && left.Length > 1 && (a[0].Length == 1 || b[0].Length == 1) && a[0][0] == b[0][0];
    }));

    /// <summary>Keys of which similar names have one in common: each word without one letter, whatever the order of the words.</summary>
    public static IEnumerable<ulong> KeysOf(string[] words, bool isCompany)
    {
        var sum = 0UL;
        foreach (var word in words)
        {
            sum += TextHash.Of(word);
        }

        yield return sum;
        yield return ~TextHash.Of(Joined(words));
        foreach (var word in words)
        {
            var others = sum - TextHash.Of(word);
            if (!isCompany && words.Length > 2)
            {
                yield return others;
            }

            for (var place = 0; place < word.Length && word.Length >= ShortestWithError; place++)
            {
                yield return others + TextHash.Of(word, place);
            }
        }
    }

    private static bool IsSimilar(string[] left, string[] right, bool isCompany)
    {
        // The longest names of people have few words; of a page of text in place of a name nothing is told.
        if (left.Length > 12 || right.Length > 12)
        {
            return false;
        }

        var (a, b) = Rest(left, right);
        return (a.Length, b.Length) switch
        {
            (0, 0) => true,
            (1, 1) => IsOneError(a[0], b[0], ShortestWithError) && (isCompany || !AreForms(a[0], b[0])),
            (2, 2) => (IsOneErrorOfTwo(a[0], b[0]) && IsOneErrorOfTwo(a[1], b[1]))
                || (IsOneErrorOfTwo(a[0], b[1]) && IsOneErrorOfTwo(a[1], b[0])),
            (1, 0) => !isCompany && right.Length > 1 && !IsGeneration(a[0]),
            (0, 1) => !isCompany && left.Length > 1 && !IsGeneration(b[0]),
            _ => false,
        }
        || (Math.Abs(left.Length - right.Length) == 1 && Joined(left) == Joined(right));
    }

    /// <summary>The words that only one of the two has.</summary>
    private static (string[] Left, string[] Right) Rest(string[] left, string[] right)
    {
        var (others, rest) = (right.ToList(), new List<string>());
        foreach (var word in left)
        {
            if (!others.Remove(word))
            {
                rest.Add(word);
            }
        }

        return ([.. rest], [.. others]);
    }

    private static bool IsOneErrorOfTwo(string a, string b) => IsOneError(a, b, ShortestOfTwoErrors) && !AreForms(a, b);

    /// <summary>Daniel and Daniela are two people, of one family perhaps.</summary>
    private static bool AreForms(string a, string b) => a.Length != b.Length
        && (a.Length < b.Length ? (a, b) : (b, a)) is var (stem, form)
        && form.Length == stem.Length + 1 && form[stem.Length] is 'a' or 'e'
        && form.StartsWith(stem, StringComparison.Ordinal);

    private static bool IsGeneration(string word) => word is "jr" or "sr" or "junior" or "senior" or "ii" or "iii" or "iv";

    /// <summary>One letter is another, is missing or superfluous, or two neighbours are swapped. A digit is never an error.</summary>
    private static bool IsOneError(string a, string b, int shortest)
    {
        if (Math.Min(a.Length, b.Length) < shortest || Math.Abs(a.Length - b.Length) > 1 || a.Any(char.IsDigit) || b.Any(char.IsDigit))
        {
            return false;
        }

        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            start++;
        }

        var end = 0;
        while (end < a.Length - start && end < b.Length - start && a[a.Length - 1 - end] == b[b.Length - 1 - end])
        {
            end++;
        }

        var (left, right) = (a.Length - start - end, b.Length - start - end);
        return (left <= 1 && right <= 1)
            || (left == 2 && right == 2 && a[start] == b[start + 1] && a[start + 1] == b[start]);
    }

    private static string Joined(string[] words) => string.Concat(words);
}
