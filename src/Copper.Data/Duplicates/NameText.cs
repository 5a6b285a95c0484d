using System.Globalization;
using System.Text;

namespace Copper.Data.Duplicates;

/// <summary>
/// Names as they are compared: words in small letters without accents and punctuation. Those of companies have no company form
/// (GmbH, Inc., S.A.S.), those of people no title.
/// </summary>
internal static class NameText
{
    private static readonly HashSet<string> CompanyForms = new(
        ("ab ag aps as asa bhd bv bvba co company corp corporation cv doo eg ek eurl ev gbr ggmbh gmbh haftungsbeschrankt inc incorporated "
            + "jsc kft kg kgaa kk limited llc llp lp ltd ltda mbh nv ohg ooo oy oyj plc pte pty sa sarl sas sasu sca sdn se sl slu snc sp "
            + "spa sprl srl srls sro ug vof zoo zrt").Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> Joiners = new(StringComparer.Ordinal) { "and", "et", "und" };

    private static readonly HashSet<string> Titles = new(StringComparer.Ordinal)
    {
        "dipl", "dr", "frau", "herr", "herrn", "ing", "mag", "miss", "mister", "mlle", "mme", "monsieur", "mr", "mrs", "ms", "prof",
        "professor",
    };

    private static readonly HashSet<string> Degrees = new(StringComparer.Ordinal) { "bsc", "cpa", "esq", "mba", "md", "msc", "phd" };

    private static readonly HashSet<string> Generations = new(StringComparer.Ordinal) { "ii", "iii", "iv", "jr", "junior", "senior", "sr" };

    /// <summary>What stands in place of a name says nothing.</summary>
    private static readonly HashSet<string> NoNames = new(StringComparer.Ordinal)
    {
        "freelance", "freelancer", "keine", "n a", "na", "neu", "new", "no name", "none", "null", "privat", "private", "self employed",
        "selbststandig", "tbd", "test", "unbekannt", "unknown",
    };

    /// <summary>
    /// The words of a name, once for each way in which its letters are written without accents: Müller is Muller and Mueller.
    /// Empty for no name.
    /// </summary>
    /// <param name="name">The name as it stands in the record.</param>
    /// <param name="isCompany">It is that of a company.</param>
    public static string[][] FormsOf(string? name, bool isCompany)
    {
        if (string.IsNullOrWhiteSpace(name) || (!isCompany && name!.Contains('@')))
        {
            return [];
        }

        var text = isCompany ? name! : InOrder(name!);
        var plain = WordsOf(Fold(text, expands: false), isCompany);
        if (plain.Length == 0)
        {
            return [];
        }

        var expanded = WordsOf(Fold(text, expands: true), isCompany);
        return plain.SequenceEqual(expanded, StringComparer.Ordinal) ? [plain] : [plain, expanded];
    }

    /// <summary>Lovelace, Ada is Ada Lovelace; a title or Jr. after a comma stays where it is.</summary>
    private static string InOrder(string name)
    {
        var parts = name.Split(',');
        if (parts.Length != 2 || parts.Any(string.IsNullOrWhiteSpace))
        {
            return name;
        }

        var last = Fold(parts[1], expands: false).Replace(" ", string.Empty);
        return Degrees.Contains(last) || Generations.Contains(last) ? name : $"{parts[1]} {parts[0]}";
    }

    private static string[] WordsOf(string folded, bool isCompany)
    {
        if (NoNames.Contains(folded))
        {
            return [];
        }

        var words = folded.Split([' '], StringSplitOptions.RemoveEmptyEntries).ToList();
        if (isCompany)
        {
            JoinLetters(words);
            words.RemoveAll(word => words.Count > 1 && Joiners.Contains(word));
            while (words.Count > 1 && CompanyForms.Contains(words[words.Count - 1]))
            {
                words.RemoveAt(words.Count - 1);
            }

            if (words.Count > 1 && words[0] == "the")
            {
                words.RemoveAt(0);
            }
        }
        else
        {
            if (words.Count > 2 && words[words.Count - 2] == "ph" && words[words.Count - 1] == "d")
            {
                words.RemoveRange(words.Count - 2, 2);
            }

            while (words.Count > 1 && Titles.Contains(words[0]))
            {
                words.RemoveAt(0);
            }

            while (words.Count > 1 && Degrees.Contains(words[words.Count - 1]))
            {
                words.RemoveAt(words.Count - 1);
            }
        }

        return [.. words];
    }

    /// <summary>S.A.S. is SAS.</summary>
    private static void JoinLetters(List<string> words)
    {
        for (var start = 0; start < words.Count; start++)
        {
            var end = start;
            while (end < words.Count && words[end].Length == 1)
            {
                end++;
            }

            if (end - start > 1)
            {
                words[start] = string.Concat(words.Skip(start).Take(end - start));
                words.RemoveRange(start + 1, end - start - 1);
            }
        }
    }

    /// <summary>Small letters and digits without accents, with one space between words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="expands">ü is ue, å is aa; otherwise u and a.</param>
    internal static string Fold(string text, bool expands)
    {
        var folded = new StringBuilder(text.Length + 4);
        var isGap = false;
        foreach (var letter in Decomposed(text, expands))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format
                || letter is '\'' or '\u2019' or '\u2018' or '`' or '\u00b4')
            {
                // Accents, and the apostrophe of O'Brien.
                continue;
            }

            if (!char.IsLetterOrDigit(letter))
            {
                isGap = folded.Length > 0;
                continue;
            }

            if (isGap)
            {
                folded.Append(' ');
                isGap = false;
            }

            _ = SpecialForm(letter, expands) is { } special ? folded.Append(special) : folded.Append(char.ToLowerInvariant(letter));
        }

        return folded.ToString();
    }

    private static string Decomposed(string text, bool expands)
    {
        try
        {
            var composed = text.Normalize(NormalizationForm.FormKC);
            if (expands)
            {
                composed = string.Concat(composed.Select(static letter => letter switch
                {
                    'ä' or 'Ä' => "ae",
                    'ö' or 'Ö' => "oe",
                    'ü' or 'Ü' => "ue",
                    'å' or 'Å' => "aa",
                    _ => letter.ToString(),
                }));
            }

            return composed.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair has no normal form.
            return text;
        }
    }

    private static string? SpecialForm(char letter, bool expands) => letter switch
    {
        'ß' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => expands ? "oe" : "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };
}
