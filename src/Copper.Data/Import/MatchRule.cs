using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// A rule by which the record of a row is found: parts that must all be the same. Texts compare without case and without superfluous
/// white space, phone numbers by their last nine digits.
/// </summary>
internal sealed class MatchRule
{
    private const char Separator = '\u001f';
    private const string FieldWord = "CustomField:";
    private const int TellingDigits = 9;

    private static readonly Dictionary<string, string[]> PartsByEntity = new()
    {
        [CopperEntityNames.Person] = ["Id", "Email", "Name", "PhoneNumber", "CompanyName"],
        [CopperEntityNames.Company] = ["Id", "EmailDomain", "Name", "PhoneNumber"],
        [CopperEntityNames.Lead] = ["Id", "Email", "Name", "PhoneNumber", "CompanyName"],
        [CopperEntityNames.Opportunity] = ["Id", "Name", "CompanyName"],
        [CopperEntityNames.Project] = ["Id", "Name"],
        [CopperEntityNames.Task] = ["Id", "Name"],
    };

    private readonly IReadOnlyList<Part> _parts;

    private MatchRule(string text, IReadOnlyList<Part> parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The rule as the user wrote it.</summary>
    public string Text { get; }

    /// <summary>The only part of the rule, for example Email; null when it has several.</summary>
    public string? Single => _parts.Count == 1 && _parts[0].Field is null ? _parts[0].Name : null;

    /// <summary>Two people may have all that the rule compares: what a row shows may be somebody else's.</summary>
    public bool IsVague => _parts.All(static part => part.Field is null && part.Name is "Name" or "CompanyName" or "PhoneNumber");

    /// <summary>The members of the body that hold what the rule compares: what found the record is not moved in its list.</summary>
    public IReadOnlyCollection<string> Fields =>
        [.. _parts.SelectMany(static part => part.Headings).Select(static heading => heading.Column?.Field).OfType<string>().Distinct()];

    /// <summary>The members of a record, in the service's spelling, that the rule compares.</summary>
    public IEnumerable<string> Members => _parts.SelectMany(static part => MembersOf(part).Split(' '));

    private static string MembersOf(Part part) => part.Field is not null ? "custom_fields" : part.Name switch
    {
        "Email" => "emails email",
        "PhoneNumber" => "phone_numbers",
        "EmailDomain" => "email_domain",
        "CompanyName" => "company_name",
        "Name" => "name",
        _ => "id",
    };

    /// <summary>The parts that rules of an entity can have.</summary>
    public static IReadOnlyList<string> PartsOf(string entity) => PartsByEntity.TryGetValue(entity, out var parts) ? parts : [];

    /// <summary>Reads a rule.</summary>
    /// <exception cref="ImportException">The entity has no such part, or the file no column for it.</exception>
    public static MatchRule Parse(string text, string entity, IReadOnlyList<ImportHeading> headings)
    {
        var parts = new List<Part>();
        foreach (var word in WordsOf(text))
        {
            if (FieldIn(word) is { } name)
            {
                var field = headings.FirstOrDefault(heading => heading.Field is not null
                    && (string.Equals(heading.Name, name, StringComparison.OrdinalIgnoreCase)
                        || heading.Field.Id.ToString(CultureInfo.InvariantCulture) == name))
                    ?? throw new ImportException($"The rule '{text}' needs a column of the custom field '{name}', and the file has none.");
                parts.Add(new Part(word, [field], field.Field));
                continue;
            }

            var known = PartsByEntity[entity];
            var part = PartIn(known, word) ?? throw new ImportException(UnknownPart(word, entity, known));
            var columns = headings.Where(heading => heading.Field is null && heading.Column is not null && IsPart(heading.Column, part))
                .ToArray();
            parts.Add(columns.Length > 0
                ? new Part(part, columns, null)
                : throw new ImportException($"The rule '{text}' needs a column {part}, and the file has none."));
        }

        return new MatchRule(text, parts);
    }

    /// <summary>The words of a rule: those with + between them.</summary>
    public static IEnumerable<string> WordsOf(string text) => text.Split('+').Select(static word => word.Trim());

    /// <summary>The name or id of the custom field that a word of a rule names; null when it names none.</summary>
    public static string? FieldIn(string word) =>
        word.StartsWith(FieldWord, StringComparison.OrdinalIgnoreCase) ? word.Substring(FieldWord.Length).Trim() : null;

    /// <summary>The part that a word of a rule names, as it is spelled; null for none.</summary>
    public static string? PartIn(IReadOnlyList<string> known, string word) =>
        known.FirstOrDefault(part => string.Equals(part, word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with a word that is no part of a rule.</summary>
    public static string UnknownPart(string word, string entity, IReadOnlyList<string> known) =>
        $"'{word}' is no rule for {CopperEntityNames.WithArticle(entity)}. The rules are: {string.Join(", ", known)}, {FieldWord}<name>, "
            + "and several of them with + between them.";

    /// <summary>The keys of a row; none when it shows nothing for some part of the rule.</summary>
    public IReadOnlyList<string> KeysOf(ImportRow row)
    {
        var keys = new List<string> { string.Empty };
        foreach (var part in _parts)
        {
            var values = part.Name == "Name"
                ? [Normal(NameOf(row, part.Headings))]
                : part.Headings.SelectMany(heading => ValuesOf(part, row[heading.Text]));
            keys = Combine(keys, values);
        }

        return keys;
    }

    /// <summary>What is searched for to find a key of the row: the name as the row writes it; otherwise the key itself.</summary>
    public string SearchTextOf(ImportRow row, string key) => Single == "Name" ? Squeeze(NameOf(row, _parts[0].Headings)) : key.Substring(1);

    /// <summary>The keys of a record; none when it has nothing for some part of the rule.</summary>
    public IReadOnlyList<string> KeysOf(ICopperRecord record, Func<ImportHeading, ICopperRecord, string> shown)
    {
        var keys = new List<string> { string.Empty };
        foreach (var part in _parts)
        {
            keys = Combine(keys, part.Field is not null ? [FieldKey(part.Field, shown(part.Headings[0], record))]
                : ValuesOf(part.Name, record));
        }

        return keys;
    }

    private static bool IsPart(Column column, string part) => part switch
    {
        "Email" => column.Kind == ColumnKind.Email,
        "PhoneNumber" => column.Kind == ColumnKind.Phone,
        "CompanyName" => column.Name == "Company",
        "Name" => column.Name is "Name" || column.Kind == ColumnKind.NamePart,
        _ => column.Name == part,
    };

    private static List<string> Combine(List<string> keys, IEnumerable<string> values)
    {
        var known = values.Where(static value => value.Length > 0).Distinct().ToArray();
        return [.. keys.SelectMany(key => known.Select(value => key + Separator + value))];
    }

    private static string NameOf(ImportRow row, IReadOnlyList<ImportHeading> headings)
    {
        string? Cell(string name) => headings.FirstOrDefault(heading => heading.Column!.Name == name) is { } heading
            && row[heading.Text] is { } cell
            ? CellReader.Text(cell)
            : null;
        return Cell("Name") is { Length: > 0 } whole
            ? whole
            : new PersonalName(Cell("Prefix"), Cell("FirstName"), Cell("MiddleName"), Cell("LastName"), Cell("Suffix")).FullName;
    }

    private static IEnumerable<string> ValuesOf(Part part, object? cell) => part switch
    {
        { Field: { } field } => [FieldKey(field, cell)],
        { Name: "Email" } => CellReader.Items(cell).Select(static item => Normal(item)),
        { Name: "PhoneNumber" } => CellReader.Items(cell).Select(Digits),
        _ => [Normal(cell)],
    };

    /// <summary>Numbers, days and flags are the same in whatever form they are written. What cannot be read finds nothing.</summary>
    private static string FieldKey(CopperCustomFieldDefinition field, object? cell)
    {
        if (CellReader.IsBlank(cell))
        {
            return string.Empty;
        }

        try
        {
            return field.DataType switch
            {
                CustomFieldTypes.Number or CustomFieldTypes.Currency or CustomFieldTypes.Percentage =>
                    CellText.Of(CellReader.Number(cell!)),
                CustomFieldTypes.Date => CellText.Of(CellReader.Day(cell!)),
                CustomFieldTypes.Checkbox => FlagText.Of(cell)?.ToString() ?? string.Empty,
                _ => WithoutZeros(Normal(cell)),
            };
        }
        catch (InputRejectedException)
        {
            return string.Empty;
        }
    }

    /// <summary>A spreadsheet saves the number 0047 as 47: it must not make a second record. The row is held then.</summary>
    private static string WithoutZeros(string text) =>
        text.Length > 1 && text[0] == '0' && text.All(static c => c is >= '0' and <= '9') && text.TrimStart('0') is { Length: > 0 } digits
            ? digits
            : text;

    /// <summary>What a record has for a part of a rule; texts are empty where it has nothing.</summary>
    public static IEnumerable<string> ValuesOf(string part, ICopperRecord record) => part switch
    {
        "Id" => [record.Id.ToString(CultureInfo.InvariantCulture)],
        "Email" => record switch
        {
            CopperPerson person => person.Emails.Select(static email => Normal(email.Email)),
            CopperLead lead => lead.Emails.Select(static email => Normal(email.Email)),
            _ => [],
        },
        "PhoneNumber" => record is IContactRecord contact ? contact.PhoneNumbers.Select(static phone => Digits(phone.Number)) : [],
        "EmailDomain" => [Normal((record as CopperCompany)?.EmailDomain)],
        "CompanyName" => [Normal(record switch
        {
            CopperPerson person => person.CompanyName,
            CopperLead lead => lead.CompanyName,
            CopperOpportunity deal => deal.CompanyName,
            _ => null,
        })],
        _ => [Normal(record.GetType().GetProperty("Name")?.GetValue(record))],
    };

    /// <summary>A text without superfluous white space and without case.</summary>
    public static string Normal(object? value) => Squeeze(value is null ? string.Empty : CellReader.Text(value)).ToUpperInvariant();

    private static string Squeeze(string text) => string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Digits(string? number)
    {
        var digits = string.Concat((number ?? string.Empty).Where(char.IsDigit));
        return digits.Length > TellingDigits ? digits.Substring(digits.Length - TellingDigits) : digits;
    }

    private sealed record Part(string Name, IReadOnlyList<ImportHeading> Headings, CopperCustomFieldDefinition? Field);
}
