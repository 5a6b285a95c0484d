using System.Globalization;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Import;

namespace Copper.Data.Duplicates;

/// <summary>
/// A rule by which records are found to be one: parts that must all be alike. Its words are those of an import, whose comparison of
/// addresses and numbers it shares; names are compared more loosely, see <see cref="NameText"/>.
/// </summary>
internal sealed class DuplicateRule
{
    private const string SimilarName = "SimilarName";
    private const string Name = "Name";
    private const string Email = "Email";
    private const string EmailDomain = "EmailDomain";
    private const string PhoneNumber = "PhoneNumber";
    private const string CompanyName = "CompanyName";

    /// <summary>A shorter number is an extension.</summary>
    private const int ShortestNumber = 6;

    private readonly IReadOnlyList<Part> _parts;
    private readonly bool _isCompany;

    private DuplicateRule(string text, IReadOnlyList<Part> parts, bool isCompany)
    {
        Text = text;
        _parts = parts;
        _isCompany = isCompany;
    }

    /// <summary>The rule in the words of the user.</summary>
    public string Text { get; }

    /// <summary>Names are compared for similarity.</summary>
    public bool IsSimilar => Has(SimilarName);

    /// <summary>The same name is all that the rule asks for.</summary>
    public bool IsNameAlone => _parts.Count == 1 && Has(Name);

    /// <summary>Similar names are all that the rule asks for.</summary>
    public bool IsSimilarAlone => _parts.Count == 1 && IsSimilar;

    /// <summary>The rule asks for the same name, and for more.</summary>
    public bool IsNameAndMore => _parts.Count > 1 && Has(Name);

    /// <summary>The rule is one of those that are used where none are given, so that it leaves out what contradicts itself.</summary>
    public bool IsDefault { get; private init; }

    /// <summary>The rules of an entity where none are given.</summary>
    public static IReadOnlyList<string> DefaultsOf(string entity) => entity == CopperEntityNames.Company
        ? [EmailDomain, Name, $"{SimilarName}+{PhoneNumber}", SimilarName]
        :
        [
            Email, $"{Name}+{CompanyName}", $"{Name}+{PhoneNumber}", $"{Name}+{EmailDomain}", Name, $"{SimilarName}+{CompanyName}",
            $"{SimilarName}+{PhoneNumber}", $"{SimilarName}+{EmailDomain}",
        ];

    /// <summary>The parts that rules of an entity can have: those of an import but the id, and names that are similar.</summary>
    public static IReadOnlyList<string> PartsOf(string entity) =>
    [
        .. MatchRule.PartsOf(entity).Where(static part => part != "Id").Append(EmailDomain).Append(SimilarName).Distinct(),
    ];

    /// <summary>Reads a rule.</summary>
    /// <exception cref="InputRejectedException">The entity has no such part, or there is no such custom field.</exception>
    public static DuplicateRule Parse(
        string text, string entity, IReadOnlyList<CopperCustomFieldDefinition> fields, bool isDefault = false)
    {
        var parts = new List<Part>();
        var known = PartsOf(entity);
        foreach (var word in MatchRule.WordsOf(text))
        {
            parts.Add(MatchRule.FieldIn(word) is { } name
                ? new Part(word, FieldOf(name, text, entity, fields))
                : new Part(
                    MatchRule.PartIn(known, word) ?? throw Invalid(
                        string.Equals(word, "Id", StringComparison.OrdinalIgnoreCase)
                            ? $"The rule '{text}' finds no duplicates: every {entity} has an id of its own."
                            : MatchRule.UnknownPart(word, entity, known),
                        text),
                    null));
        }

        var names = parts.Select(static part => part.Name).ToArray();
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length
            || (names.Contains(Name) && names.Contains(SimilarName)))
        {
            throw Invalid($"The rule '{text}' asks for the same thing twice.", text);
        }

        if (entity != CopperEntityNames.Company && names.Length == 1 && names[0] is EmailDomain or CompanyName)
        {
            throw Invalid(
                $"The rule '{text}' alone finds colleagues, not duplicates. Combine it with the name: {Name}+{names[0]}.", text);
        }

        return new DuplicateRule(text.Trim(), parts, entity == CopperEntityNames.Company) { IsDefault = isDefault };
    }

    /// <summary>
    /// The keys of a record; none when it has nothing for some part. A key is weak when it stands for an office, not for somebody.
    /// </summary>
    public IEnumerable<(ulong Key, bool IsWeak)> KeysOf(ICopperRecord record, DuplicateCandidate candidate)
    {
        if (IsSimilar && candidate.Names.Length == 0)
        {
            return [];
        }

        var keys = new List<(ulong Key, bool IsWeak)> { (0, false) };
        foreach (var part in _parts)
        {
            if (part.Name != SimilarName)
            {
                var values = ValuesOf(part, record, candidate).Distinct().ToArray();
                keys = [.. keys.SelectMany(key => values.Select(value => (TextHash.Add(key.Key, value.Key), key.IsWeak || value.IsWeak)))];
            }
        }

        return IsSimilarAlone
            ? SimilarKeysOf(candidate).Select(static key => (key, false))
            : keys;
    }

    /// <summary>Keys of which similar names have one in common.</summary>
    public IEnumerable<ulong> SimilarKeysOf(DuplicateCandidate candidate) =>
        candidate.Names.SelectMany(words => NameSimilarity.KeysOf(words, _isCompany)).Distinct();

    /// <summary>How certain it is that two records that share a key are one; null when they are not.</summary>
    /// <param name="one">A record.</param>
    /// <param name="other">Another one.</param>
    /// <param name="isWeak">The key tells nothing by itself: the names must be the same.</param>
    public DuplicateConfidence? Evaluate(DuplicateCandidate one, DuplicateCandidate other, bool isWeak)
    {
        var names = NameSimilarity.Compare(one.Names, other.Names, _isCompany);
        if (IsSimilar)
        {
            return names is not (NameAgreement.Equal or NameAgreement.Similar)
                || (IsSimilarAlone && !NameSimilarity.IsTellingAlone(one.Names, other.Names))
                || (IsDefault && Contradict(one, other))
                ? null
                : DuplicateConfidence.Likely;
        }

        if (IsNameAlone)
        {
            return IsDefault && !_isCompany && (Contradict(one, other) || AreElsewhere(one, other)) ? null
                : _isCompany && !Contradict(one, other) ? DuplicateConfidence.Exact
                : DuplicateConfidence.Likely;
        }

        if (Has(Name))
        {
            return !_isCompany && (one.Names[0].Length == 1 || AreNamesakes(one, other)) ? DuplicateConfidence.Likely
                : DuplicateConfidence.Exact;
        }

        if (isWeak && names != NameAgreement.Equal)
        {
            return null;
        }

        return _parts.Any(static part => part.Field is not null) || names == NameAgreement.Equal ? DuplicateConfidence.Exact
            : Has(PhoneNumber) && _parts.Count == 1 ? DuplicateConfidence.Likely
            : names == NameAgreement.Different && !NameSimilarity.HaveInitial(one.Names, other.Names) ? DuplicateConfidence.Likely
            : DuplicateConfidence.Exact;
    }

    /// <summary>
    /// Both say where they belong, and it is not the same: another company of a person, another domain of a company. Similar names of
    /// companies are the same.
    /// </summary>
    public bool Contradict(DuplicateCandidate one, DuplicateCandidate other) => _isCompany
        ? one.Domains.Length > 0 && other.Domains.Length > 0 && !one.Domains.Intersect(other.Domains).Any()
        : one.Companies.Length > 0 && other.Companies.Length > 0
            && NameSimilarity.Compare(one.Companies, other.Companies, isCompany: true) == NameAgreement.Different
            && !one.Domains.Intersect(other.Domains).Any();

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Two addresses of one domain are those of two colleagues who share a name, or of one who has two.</summary>
    private static bool AreNamesakes(DuplicateCandidate one, DuplicateCandidate other) =>
        one.Domains.Intersect(other.Domains).Any() && !one.Emails.Intersect(other.Emails).Any();

    private static bool AreElsewhere(DuplicateCandidate one, DuplicateCandidate other) =>
        one.City is { } here && other.City is { } there && here != there;

    private static CopperCustomFieldDefinition FieldOf(
        string name, string text, string entity, IReadOnlyList<CopperCustomFieldDefinition> fields)
    {
        var field = fields.FirstOrDefault(field => field.IsAvailableOn(entity)
            && (string.Equals(field.Name?.Trim(), name, StringComparison.OrdinalIgnoreCase)
                || field.Id.ToString(CultureInfo.InvariantCulture) == name))
            ?? throw new InputRejectedException(
                InputRejection.InvalidCustomField,
                $"The rule '{text}' names the custom field '{name}', and {CopperEntityNames.WithArticle(entity)} has none of that name.",
                text) { FieldEntity = entity };
        return field.DataType == CustomFieldTypes.Connect
            ? throw new InputRejectedException(
                InputRejection.InvalidCustomField,
                $"The rule '{text}' names the connect field '{name}', whose records are not in the {entity} itself. Nothing was read.",
                text) { FieldEntity = entity }
            : field;
    }

    private static InputRejectedException Invalid(string message, string text) => new(InputRejection.Invalid, message, text);

    private bool Has(string name) => _parts.Any(part => part.Name == name);

    private static IEnumerable<(ulong Key, bool IsWeak)> ValuesOf(Part part, ICopperRecord record, DuplicateCandidate candidate) =>
        part switch
        {
            { Field: { Id: var id } } => [.. FieldValuesOf(record, id).Select(static text => (TextHash.Of(text), false))],
            { Name: Name } => [.. candidate.Names.Select(static words => (OfWords(words), false))],
            { Name: CompanyName } => [.. candidate.Companies.Select(static words => (OfWords(words), false))],
            { Name: EmailDomain } => [.. candidate.Domains.Select(static domain => (domain, false))],
            { Name: Email } => [.. MatchRule.ValuesOf(Email, record).Where(IsAddress)
                .Select(static email => (TextHash.Of(email), InternetDomain.IsRole(email)))],
            { Name: PhoneNumber } => [.. MatchRule.ValuesOf(PhoneNumber, record).Where(IsNumber)
                .Select(static number => (TextHash.Of(number), false))],
            _ => throw new InvalidOperationException($"The part {part.Name} has no keys."),
        };

    private static ulong OfWords(string[] words) => words.Aggregate(0UL, static (hash, word) => TextHash.Add(hash, TextHash.Of(word)));

    private static bool IsAddress(string email) => email.IndexOf('@') is > 0 and var at && at < email.Length - 1;

    /// <summary>All digits the same, or in a row, stand for no number.</summary>
    private static bool IsNumber(string digits) => digits.Length >= ShortestNumber
        && digits.Distinct().Count() > 1
        && !"01234567890123456789".Contains(digits);

    /// <summary>What the record has in a custom field: a text without case, or the number of the choice, as the service keeps it.</summary>
    private static IEnumerable<string> FieldValuesOf(ICopperRecord record, long id)
    {
        var value = (record as ICustomFieldRecord)?.CustomFields.Find(field => field.DefinitionId == id)?.Value;
        var texts = value is System.Collections.IEnumerable list and not string
            ? [string.Join(",", list.Cast<object?>().Select(MatchRule.Normal).OrderBy(static text => text, StringComparer.Ordinal))]
            : new[] { MatchRule.Normal(value) };
        return texts.Where(static text => text.Length > 0);
    }

    private sealed record Part(string Name, CopperCustomFieldDefinition? Field);
}
