using System.Globalization;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// Finds what the headings of a file stand for: those of flat records, those of Copper's own export, custom fields by name or id, and
/// those that the user maps.
/// </summary>
internal sealed class ImportHeadings
{
    /// <summary>
    /// Headings of Copper's own export and import files and other usual ones, without spaces and signs. The vendor publishes no list:
    /// these are the labels of its web application and the usual spellings of them. A number after one counts from 1: Email 2.
    /// </summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CopperId"] = "Id",
        ["RecordId"] = "Id",
        ["FullName"] = "Name",
        ["ContactName"] = "Name",
        ["JobTitle"] = "Title",
        ["CompanyName"] = "Company",
        ["Organization"] = "Company",
        ["EmailAddress"] = "Email",
        ["WorkEmail"] = "Email",
        ["Emails"] = "Email",
        ["PhoneNumber"] = "Phone",
        ["WorkPhone"] = "Phone",
        ["PhoneNumbers"] = "Phone",
        ["StreetAddress"] = "Street",
        ["Address"] = "Street",
        ["Address1"] = "Street",
        ["Zip"] = "PostalCode",
        ["ZipCode"] = "PostalCode",
        ["PostCode"] = "PostalCode",
        ["OwnedBy"] = "Assignee",
        ["Owner"] = "Assignee",
        ["AssignedTo"] = "Assignee",
        ["AssigneeName"] = "Assignee",
        ["Tag"] = "Tags",
        ["Description"] = "Details",
        ["LeadStatus"] = "Status",
        ["LeadSource"] = "CustomerSource",
        ["Source"] = "CustomerSource",
        ["Value"] = "MonetaryValue",
        ["LeadValue"] = "MonetaryValue",
        ["OpportunityValue"] = "MonetaryValue",
        ["Currency"] = "MonetaryUnit",
        ["WinPercentage"] = "WinProbability",
        ["ExpectedCloseDate"] = "CloseDate",
        ["PipelineStage"] = "Stage",
        ["ReasonLost"] = "LossReason",
        ["Domain"] = "EmailDomain",
        ["URL"] = "Website",
        ["Websites"] = "Website",
        ["Socials"] = "Social",
        ["SocialMedia"] = "Social",
        ["CreatedAt"] = "DateCreated",
        ["CreatedDate"] = "DateCreated",
        ["UpdatedAt"] = "DateModified",
        ["ModifiedDate"] = "DateModified",
        ["LastContacted"] = "DateLastContacted",
        ["Interactions"] = "InteractionCount",
        ["Due"] = "DueDate",
        ["Reminder"] = "ReminderDate",
    };

    private const string FieldPrefix = "CustomField:";

    private static Column WholeAddress => new(
        "Address", ColumnKind.Text, null, static (record, _) => (record as IAddressedRecord)?.Address?.ToString())
    {
        WhyReadOnly = "It is one text, which cannot be taken apart. Give the columns Street, City, State, PostalCode and Country, as "
            + $"{Advice.Give(Advice.FlattenRecords, "FlatRecordConverter")} writes them; or map it to Street.",
    };

    private readonly ColumnMap _map;
    private readonly CustomFieldCatalog _catalog;
    private readonly IReadOnlyList<CopperCustomFieldDefinition> _fields;
    private readonly IReadOnlyList<CopperCustomFieldDefinition> _connections;

    /// <param name="map">The entity's own columns.</param>
    /// <param name="catalog">The custom fields of the account.</param>
    public ImportHeadings(ColumnMap map, CustomFieldCatalog catalog)
    {
        _map = map;
        _catalog = catalog;
        _fields = [.. catalog.Of(map.Entity).Where(static field => field.DataType != CustomFieldTypes.Connect)];
        _connections = [.. catalog.Of(map.Entity).Where(static field => field.DataType == CustomFieldTypes.Connect)];
    }

    /// <summary>The column that a heading stands for, by its own name or another usual one; null when there is none.</summary>
    public static Column? OwnColumn(ColumnMap map, string heading)
    {
        var key = Key(heading);
        return map.Find(Restored(heading)) ?? Named(map, key) ?? Numbered(map, key);
    }

    /// <summary>The heading is that of a column in every account, whatever custom fields there are.</summary>
    public static bool IsOwn(ColumnMap map, string heading) => map.Find(Restored(heading)) is not null;

    /// <summary>What each heading stands for, in the order of the file.</summary>
    /// <param name="headings">The headings.</param>
    /// <param name="columnMap">What the user maps.</param>
    /// <param name="exampleOf">A cell below a heading that is not blank, and its row; null when there is none.</param>
    /// <exception cref="ImportException">A heading is unknown or ambiguous, or two stand for one column.</exception>
    public IReadOnlyList<ImportHeading> Resolve(
        IReadOnlyList<string> headings, IReadOnlyDictionary<string, string?> columnMap, Func<string, (string Text, int Row)?> exampleOf)
    {
        var mapping = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in columnMap)
        {
            mapping[entry.Key.Trim()] = entry.Value;
        }

        if (mapping.Keys.FirstOrDefault(key => !headings.Any(heading => IsSame(heading, key))) is { } stray)
        {
            throw new ImportException(
                $"The column map names '{stray}', which is no heading of the file. Its headings: {string.Join(", ", headings)}.");
        }

        var resolved = new List<ImportHeading>();
        var unknown = new List<(string Heading, string Text)>();
        foreach (var heading in headings)
        {
            if (mapping.TryGetValue(heading.Trim(), out var target))
            {
                resolved.Add(target is null
                    ? new ImportHeading(heading, null)
                    : Find(heading, target) ?? throw new ImportException(
                        $"The column map gives '{heading}' the column '{target}', which "
                            + $"{CopperEntityNames.WithArticle(_map.Entity)} does not have{Suggest(target)}"));
            }
            else if (Find(heading, heading) is { } found)
            {
                resolved.Add(found);
            }
            else if (IsUnnamed(heading))
            {
                // A separator at the end of each line makes a column of nothing.
                resolved.Add(exampleOf(heading) is not { } example ? new ImportHeading(heading, null)
                    : throw new ImportException(
                        $"A column of the file has no heading{(heading.Trim().Length == 0 ? "," : $" ({Reader} calls it {heading}),")} "
                            + $"and holds values: '{example.Text}' in row {example.Row}. Give it a heading in the file, or map it to "
                            + "nothing.")
                    {
                        Headings = [heading],
                    });
            }
            else
            {
                unknown.Add((heading, $"'{heading}'{Suggest(heading)}"));
            }
        }

        if (unknown.Count > 0)
        {
            CheckDelimiter(headings);
            RawExport.CheckHeadings(_map, [.. unknown.Select(static item => item.Heading)]);
            throw new ImportException(
                $"{(unknown.Count == 1 ? "This heading matches" : "These headings match")} no field of "
                + $"{CopperEntityNames.WithArticle(_map.Entity)}: "
                + $"{string.Join(", ", unknown.Select(static item => item.Text.TrimEnd('.')))}. "
                + "Map each to a column, or to nothing if it is not to be used.")
            {
                Headings = [.. unknown.Select(static item => item.Heading)],
                Columns = Suggested([.. unknown.Select(static item => item.Heading)], resolved),
            };
        }

        resolved = [.. resolved.Select(heading => IsWholeAddress(heading, resolved) ? heading with { Column = WholeAddress } : heading)];
        CheckDoubles(resolved);
        return resolved;
    }

    private static string Reader => Advice.Give(Advice.CsvReader, "its reader");

    /// <summary>Nothing, or what readers of CSV files call a column without a heading: H1, H2 and so on.</summary>
    private static bool IsUnnamed(string heading) => heading.Trim() is var text
        && (text.Length == 0 || (text[0] == 'H' && text.Length > 1 && text.Skip(1).All(char.IsDigit)));

    /// <summary>A file that was read with the wrong delimiter has one heading, which holds them all.</summary>
    private static void CheckDelimiter(IReadOnlyList<string> headings)
    {
        if (headings.Count == 1 && headings[0].IndexOfAny([';', '\t', '|']) is >= 0 and var place)
        {
            var (word, sign) = headings[0][place] switch
            {
                ';' => ("semicolons", ";"),
                '|' => ("bars", "|"),
                _ => ("tabs", "\t"),
            };
            throw new ImportException(
                $"The columns of the file are separated by {word}: "
                + Advice.Give(Advice.CsvDelimiter, "read it with that delimiter", sign) + ".");
        }
    }

    /// <summary>
    /// A column Address beside City or PostalCode is the street. Alone, or beside Street, it is the one text that a record shows.
    /// </summary>
    private static bool IsWholeAddress(ImportHeading heading, IReadOnlyList<ImportHeading> all) =>
        heading is { Field: null, Column: { Kind: ColumnKind.AddressPart, Name: "Street" } }
        && IsSame(heading.Text, WholeAddress.Name)
        && (all.Any(other => other != heading && other.Column?.Name == "Street")
            || !all.Any(other => other != heading && other.Column?.Kind == ColumnKind.AddressPart));

    private static void CheckDoubles(IReadOnlyList<ImportHeading> headings)
    {
        var twice = headings
            .Where(static heading => heading.Column is not null)
            .GroupBy(
                static heading => heading.Field is null ? heading.Column!.Name : "#"
                    + heading.Field.Id.ToString(CultureInfo.InvariantCulture),
                StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(static group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ImportException(
                $"These headings stand for one column, {twice.First().Name}: "
                    + $"{string.Join(", ", twice.Select(static heading => heading.Text))}. "
                + "Map all but one of them to nothing.")
            {
                Headings = [.. twice.Skip(1).Select(static heading => heading.Text)],
            };
        }

        if (headings.FirstOrDefault(heading => heading.CategoryOf is { } point
            && !headings.Any(other => other.Column?.Name == point.Name)) is { } stray)
        {
            throw new ImportException(
                $"The column '{stray.Text}' is of the column {stray.CategoryOf!.Name}, which the file does not have. Map it to nothing.")
            {
                Headings = [stray.Text],
            };
        }
    }

    private static Column? Named(ColumnMap map, string key) =>
        map.Find(key) ?? (Aliases.TryGetValue(key, out var name) ? map.Find(name) : null);

    /// <summary>Email 1, Email 2, Website 2: the item in this place of a list. Other columns have a first only.</summary>
    private static Column? Numbered(ColumnMap map, string key)
    {
        if (key.Length < 2 || key[key.Length - 1] is < '1' or > '9' || Named(map, key.Substring(0, key.Length - 1)) is not { } first)
        {
            return null;
        }

        var place = key[key.Length - 1] - '1';
        return place == 0 ? first
            : !ContactPointList.IsShownIn(first) || first.Place > 0 ? null
            : map.Find(first.Name + key[key.Length - 1]) ?? new Column(
                first.Name + key[key.Length - 1], first.Kind, first.Field, (record, _) =>
                    ContactPointList.Of(record, first).ElementAtOrDefault(place)?.ToString())
            {
                Properties = first.Properties,
                Place = place,
            };
    }

    private ImportHeading? Find(string heading, string name)
    {
        if (_map.Find(Restored(name)) is { } own)
        {
            return new ImportHeading(heading, own);
        }

        // A field of the account comes before another word for a column.
        var wanted = name.StartsWith(FieldPrefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(FieldPrefix.Length) : name;
        var fields = CustomFieldHeadings.Find(_map, _fields, wanted);
        if (fields.Count > 1)
        {
            throw new ImportException(
                $"Several custom fields are called '{name}': {string.Join(", ", fields.Select(static field => field.Id))}. "
                + "Map the heading to the id of one of them.");
        }

        if (fields.Count == 1)
        {
            return new ImportHeading(heading, FieldColumn(fields[0]), fields[0]);
        }

        if (OwnColumn(_map, name) is { } column)
        {
            return new ImportHeading(heading, column);
        }

        // Email 1 Type, Phone 2 Type: the category of what stands beside it.
        var key = Key(name);
        return key.EndsWith("Type", StringComparison.OrdinalIgnoreCase)
            && OwnColumn(_map, key.Substring(0, key.Length - 4)) is { } point
            && ContactPointList.IsShownIn(point)
                ? new ImportHeading(heading, null, null, point)
                : ForeignColumn(wanted) is { } foreign ? new ImportHeading(heading, foreign) : null;
    }

    private static Column FieldColumn(CopperCustomFieldDefinition field) => new(
        field.Name?.Trim() ?? field.Id.ToString(CultureInfo.InvariantCulture), ColumnKind.CustomField, RecordFields.CustomFields,
            static (_, _) => null);

    /// <summary>
    /// A flat record shows values of fields that are gone, or are not the entity's, under the id of the field, and a second value of
    /// one field with a number after it: 262006 (2).
    /// </summary>
    private Column? ForeignColumn(string heading)
    {
        var parts = heading.Trim().TrimEnd(')').Split([" ("], StringSplitOptions.None);
        var number = 1;
        return parts.Length <= 2
            && parts[0].Length > 0
            && parts[0].All(static c => c is >= '0' and <= '9')
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number))
                ? new Column(heading, ColumnKind.CustomField, null, (record, _) => ForeignValue(record, parts[0], number))
                {
                    WhyReadOnly = $"The account has no custom field {parts[0]} of {CopperEntityNames.WithArticle(_map.Entity)}.",
                }
                : null;
    }

    private object? ForeignValue(ICopperRecord record, string id, int number) => record is ICustomFieldRecord { CustomFields: var list }
        ? list.Where(value => value.GetIdText() == id).Select(_catalog.ValueOf).Where(static value => value is not (null or "")).Distinct()
            .ElementAtOrDefault(number - 1)
        : null;

    /// <summary>The column that each unknown heading stands for most likely, and that no other heading has; null for none.</summary>
    private string?[] Suggested(IReadOnlyList<string> unknown, IEnumerable<ImportHeading> resolved)
    {
        var taken = new HashSet<string>(
            resolved.Where(static heading => heading.Column is not null).Select(static heading => heading.Name),
            StringComparer.OrdinalIgnoreCase);
        var columns = new string?[unknown.Count];

        // What a word says comes before what is spelled nearly alike.
        foreach (var byWord in new[] { true, false })
        {
            for (var place = 0; place < unknown.Count; place++)
            {
                var key = Key(unknown[place]);
                var candidates = columns[place] is not null ? [] : byWord ? HeadingWords.Of(_map, key)
                    : [.. Near(key).Where(name => IsTypo(key, Key(name)))];
                columns[place] ??= candidates.Select(Free).FirstOrDefault(static name => name is not null);
                if (columns[place] is { } chosen)
                {
                    taken.Add(chosen);
                }
            }
        }

        return columns;

        // A second address or number has a column of its own.
        string? Free(string name) => Enumerable.Range(1, 9)
            .Select(number => number == 1 ? name : name + number.ToString(CultureInfo.InvariantCulture))
            .FirstOrDefault(candidate => !taken.Contains(candidate)
                && (candidate == name || Numbered(_map, candidate) is { } column && ContactPointList.IsShownIn(column)));
    }

    /// <summary>
    /// One letter of four is another, two have changed places as in Emial, or two of a longer word that begins alike are others: sure
    /// enough to be offered for pasting, since the heading is shown beside it.
    /// </summary>
    private static bool IsTypo(string key, string name)
    {
        const int LongWord = 6;
        var distance = EditDistance.Between(key, name);
        return distance <= Math.Max(1, key.Length / 4)
            || (distance == 2 && (Letters(key) == Letters(name)
                || (key.Length >= LongWord && char.ToUpperInvariant(key[0]) == char.ToUpperInvariant(name[0]))));

        static string Letters(string word) => string.Concat(word.ToUpperInvariant().OrderBy(static letter => letter));
    }

    /// <summary>What may be meant, as the end of a sentence.</summary>
    private string Suggest(string heading)
    {
        if (_connections.FirstOrDefault(field => IsSame(field.Name ?? string.Empty, heading)) is { } connection)
        {
            return $" (the field '{connection.Name}' holds connections to other records, which are no values of a row).";
        }

        var key = Key(heading);
        var near = HeadingWords.Of(_map, key).Concat(Near(key)).Distinct().Take(3).ToArray();
        return near.Length == 0 ? "." : $" (did you mean {string.Join(" or ", near)}?).";
    }

    /// <summary>Columns and custom fields that are spelled nearly alike, the nearest first.</summary>
    private string[] Near(string key) =>
    [
        .. _map.Columns.Select(static column => column.Name)
            .Concat(_fields.Select(static field => field.Name?.Trim() ?? string.Empty))
            .Where(static name => name.Length > 2)
            .Select(name => (Name: name, Distance: EditDistance.Between(key, Key(name))))
            .Where(candidate => candidate.Distance <= Math.Max(2, key.Length / 4) && candidate.Distance * 2 < key.Length)
            .OrderBy(static candidate => candidate.Distance)
            .Take(3)
            .Select(static candidate => candidate.Name),
    ];

    private static string Restored(string heading) => (string)SpreadsheetText.Restore(heading.Trim());

    private static string Key(string heading) => string.Concat(heading.Where(char.IsLetterOrDigit));

    private static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
