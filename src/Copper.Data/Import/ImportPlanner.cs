using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>
/// Makes the plan of an import: which rows create, update or change nothing, and which must wait, since it is not certain what they
/// mean. It reads, and writes nothing.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="options">How the rows become records.</param>
/// <param name="progress">Is told how far the plan has come; null for nobody.</param>
public sealed class ImportPlanner(CopperClient client, ImportOptions options, IProgress<ImportProgress>? progress = null)
{
    private RecordIndex? _index;

    /// <summary>The companies that rows name and that are not there, and how many rows name each; known once the plan is made.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> MissingCompanies { get; private set; } = [];

    /// <summary>The rules by which records of an entity can be found, without those by custom fields; none for an unknown one.</summary>
    /// <param name="entity">The entity, in the API's singular word.</param>
    public static IReadOnlyList<string> RulesOf(string? entity) =>
        CopperEntities.FindPrimary(entity) is { } known ? MatchRule.PartsOf(known.Name) : [];

    /// <summary>The step can be that of the row: what it changes stands in the row.</summary>
    public static bool IsOf(CopperPlanStep step, ImportRow row) =>
        step.Changes.All(change => !row.Has(change.Property) || CellMeaning.CanBe(row[change.Property], change.After ?? string.Empty));

    /// <summary>Makes the plan: a step for each row, in their order.</summary>
    /// <param name="rows">The rows of the file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ImportException">The file, or the options, cannot be used as they are; nothing was written.</exception>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async Task<ChangePlan> PlanAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken = default)
    {
        // Cells are read in the current culture. What an asynchronous method sets ends with it: the caller's own stays.
        if (options.Culture is { } culture)
        {
            CultureInfo.CurrentCulture = culture;
        }

        var map = CopperEntities.FindPrimary(options.Entity) is { } entity && ColumnMap.Of(entity.Name) is { } known
            ? known
            : throw new ImportException(
                $"'{options.Entity}' cannot be imported. It is one of: {string.Join(", ", CopperEntities.Primary)}.");
        if (options.MatchOn.Count == 0)
        {
            throw new ImportException("No rule says how a row's record is found. Give one at least, for example Email.");
        }

        if (rows.Count == 0)
        {
            return new ChangePlan([]);
        }

        var texts = rows.SelectMany(static row => row.Headings).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (FileText.ProblemOfHeadings(texts) is { } problem)
        {
            throw new ImportException(problem);
        }

        var (catalog, headings) = await ResolveHeadingsAsync(map, texts, rows, cancellationToken).ConfigureAwait(false);
        RawExport.CheckCells(map, rows, headings);
        CheckProtected(map, headings);
        var rules = options.MatchOn.Select(rule => MatchRule.Parse(rule, map.Entity, headings)).ToArray();
        var names = await NamesAsync(headings, cancellationToken).ConfigureAwait(false);
        var companies = new CompanyNames(options.CreatesCompanies);
        var cells = new CellConverter(client, map.Entity, companies, options);
        var notation = NumberNotation.Of(rows, headings, RowFields.IsWhole(map, headings));
        var fields = new RowFields(map, headings, catalog, names, cells, options, notation, DateOfOtherOrder(rows, headings));
        var matches = await MatchAsync(map, rows, rules, fields, cancellationToken).ConfigureAwait(false);
        CheckEncoding(rows, headings, matches, fields);
        await ResolveCompaniesAsync(rows, headings, matches, fields, companies, cancellationToken).ConfigureAwait(false);
        var near = new NearRecords(RecordAccess.Of(client, map.Entity));
        var steps = new List<CopperPlanStep>(rows.Count);
        for (var place = 0; place < rows.Count; place++)
        {
            cells.Row = place + 1;
            var step = StepOfAsync(map, rows[place], place + 1, headings, matches[place], fields, near, cancellationToken);
            steps.Add((await step.ConfigureAwait(false)).Sealed());
        }

        steps = await new StepCheck(client, map, headings).CheckAsync(
            steps, KnownOwners(map, rules), values => LoadOwnersAsync(map, values, fields, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        MissingCompanies = [.. companies.Missing.Select(static company => new KeyValuePair<string, int>(company.Name, company.Rows.Count))];
        return new ChangePlan([.. companies.Steps(steps).Select(static step => step.Sealed()), .. steps]);
    }

    /// <summary>Who has an address or a domain, where a rule has looked for those of all rows; null where none has.</summary>
    private Func<string, IReadOnlyList<ICopperRecord>>? KnownOwners(ColumnMap map, MatchRule[] rules)
    {
        var number = Array.FindIndex(rules, static rule => rule.Single is "Email" or "EmailDomain");
        return number < 0 || _index is not { } index ? null : value => index.Find(number, KeyOf(map, rules[number], value));
    }

    /// <summary>Looks for those who have addresses or domains.</summary>
    private async Task<Func<string, IReadOnlyList<ICopperRecord>>> LoadOwnersAsync(
        ColumnMap map, IReadOnlyCollection<string> values, RowFields fields, CancellationToken cancellationToken)
    {
        var column = UniqueColumn(map);
        var rule = MatchRule.Parse(column, map.Entity, [new ImportHeading(column, map.Find(column))]);
        var index = new RecordIndex(RecordAccess.Of(client, map.Entity), [rule], fields.Shown, progress);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            var key = KeyOf(map, rule, value);
            texts[key] = rule.SearchTextOf(new ImportRow([new(column, value)]), key);
        }

        await index.LoadAsync([texts], cancellationToken).ConfigureAwait(false);
        return value => index.Find(0, KeyOf(map, rule, value));
    }

    private static string UniqueColumn(ColumnMap map) => map.Entity == CopperEntityNames.Person ? "Email" : "EmailDomain";

    private static string KeyOf(ColumnMap map, MatchRule rule, string value)
    {
        var column = UniqueColumn(map);
        var keys = MatchRule.Parse(column, map.Entity, [new ImportHeading(column, map.Find(column))])
            .KeysOf(new ImportRow([new(column, value)]));
        return keys.Count > 0 ? keys[0] : rule.Text;
    }

    /// <summary>
    /// The definitions of custom fields, which are read only when a heading may be one, and what the headings stand for. A field may be
    /// newer than the definitions that are cached.
    /// </summary>
    private async Task<(CustomFieldCatalog Catalog, IReadOnlyList<ImportHeading> Headings)> ResolveHeadingsAsync(
        ColumnMap map, string[] texts, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        if (texts.Concat(options.ColumnMap.Values.OfType<string>()).All(heading => ImportHeadings.IsOwn(map, heading)))
        {
            return Resolve([]);
        }

        var list = client.Metadata.CustomFieldDefinitions;
        var wasCached = list.Peek() is not null;
        try
        {
            return Resolve(await list.GetAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (ImportException) when (wasCached)
        {
            list.Forget();
            return Resolve(await list.GetAsync(cancellationToken).ConfigureAwait(false));
        }

        (CustomFieldCatalog, IReadOnlyList<ImportHeading>) Resolve(IReadOnlyList<CopperCustomFieldDefinition> definitions)
        {
            var catalog = new CustomFieldCatalog(definitions);
            return (catalog, new ImportHeadings(map, catalog).Resolve(texts, options.ColumnMap, ExampleOf));
        }

        (string Text, int Row)? ExampleOf(string heading)
        {
            for (var place = 0; place < rows.Count; place++)
            {
                if (!CellReader.IsBlank(rows[place][heading]))
                {
                    return (CellText.Of(rows[place][heading]), place + 1);
                }
            }

            return null;
        }
    }

    /// <summary>A date that can be read only if day and month change places; null when the file has none.</summary>
    private static string? DateOfOtherOrder(IReadOnlyList<ImportRow> rows, IReadOnlyList<ImportHeading> headings) => headings
        .Where(static heading => heading.Column is { Kind: ColumnKind.Day or ColumnKind.Time }
            || heading.Field is { DataType: CustomFieldTypes.Date })
        .SelectMany(heading => rows.Select(row => row[heading.Text] as string))
        .OfType<string>()
        .FirstOrDefault(static cell => cell.Trim().Length > 0 && DateText.IsOfOtherOrder(cell))?.Trim();

    /// <summary>
    /// Ends the import where several cells have been read in a wrong encoding: others may have lost the same in silence. What a record
    /// has itself is none of them.
    /// </summary>
    private static void CheckEncoding(
        IReadOnlyList<ImportRow> rows, IReadOnlyList<ImportHeading> headings, IReadOnlyList<RowMatch> matches, RowFields fields)
    {
        var used = headings.Where(static heading => heading.Column is not null).ToArray();
        var count = 0;
        (string Text, ImportHeading Heading, int Row)? first = null;
        for (var place = 0; place < rows.Count; place++)
        {
            foreach (var heading in used)
            {
                if (rows[place][heading.Text] is string text && FileText.ProblemOf(text) is not null
                    && fields.Shown(heading, matches[place].Record) != CellReader.Text(text))
                {
                    count++;
                    first ??= (text, heading, place + 1);
                }
            }
        }

        if (count > 1 && first is { } damaged)
        {
            throw new ImportException(
                $"{count} cells cannot be what the file says. The first is in row {damaged.Row}, column {damaged.Heading.Text}: "
                    + $"'{damaged.Text}' {FileText.ProblemOf(damaged.Text)}");
        }
    }

    private void CheckProtected(ColumnMap map, IReadOnlyList<ImportHeading> headings)
    {
        bool IsOf(ImportHeading heading, string name) => string.Equals(heading.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)
            || string.Equals(heading.Text.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);
        if (options.Protect.FirstOrDefault(name => ImportHeadings.OwnColumn(map, name) is null
            && !headings.Any(heading => IsOf(heading, name))) is { } unknown)
        {
            throw new ImportException(
                $"The column '{unknown}', which is to be protected, is no column of "
                    + $"{CopperEntityNames.WithArticle(map.Entity)} and none of the file.");
        }
    }

    private async Task<RecordNames> NamesAsync(IReadOnlyList<ImportHeading> headings, CancellationToken cancellationToken)
    {
        var names = new RecordNames(client, options.InUtc);
        var lists = headings.Select(static heading => heading.Column?.List ?? NameList.None).Where(static list => list != NameList.None)
            .Distinct();
        foreach (var list in lists)
        {
            await names.LoadListAsync(list, cancellationToken).ConfigureAwait(false);
        }

        return names.TakeWarnings() is { Count: > 0 } warnings
            ? throw new ImportException($"Names in the file cannot be resolved. {string.Join(" ", warnings)}")
            : names;
    }

    private async Task<IReadOnlyList<RowMatch>> MatchAsync(
        ColumnMap map, IReadOnlyList<ImportRow> rows, MatchRule[] rules, RowFields fields, CancellationToken cancellationToken)
    {
        var keys = rows.Select(row => rules.Select(rule => ProblemOf(row) is null ? rule.KeysOf(row) : []).ToArray()).ToArray();
        var index = _index = new RecordIndex(RecordAccess.Of(client, map.Entity), rules, fields.Shown, progress);
        await index.LoadAsync([.. rules.Select((rule, number) => Wanted(rule, number))], cancellationToken).ConfigureAwait(false);

        var firstRows = rules.Select(static _ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray();
        var byRecord = new Dictionary<long, int>();
        var matches = new List<RowMatch>();
        for (var place = 0; place < rows.Count; place++)
        {
            var match = ProblemOf(rows[place]) is { } unreadable ? new RowMatch(null, null, unreadable)
                : Match(map, keys[place], rules, index);
            var earlier = match.Record is { } record
                ? byRecord.TryGetValue(record.Id, out var first) ? first : (int?)null
                : EarlierRow(keys[place], firstRows);
            if (match.Problem is null && earlier is { } row)
            {
                match = IsSame(rows[row], rows[place])
                    ? match with { SameAs = row + 1 }
                    : match with
                    {
                        Problem = $"Row {row + 1} means the same {map.Entity}, and says something else. Leave one of the two out.",
                    };
            }
            else if (match.Record is { } own)
            {
                byRecord[own.Id] = place;
            }

            Note(keys[place], firstRows, place);
            matches.Add(match);
        }

        return matches;

        IReadOnlyDictionary<string, string> Wanted(MatchRule rule, int number)
        {
            var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var place = 0; place < rows.Count; place++)
            {
                foreach (var key in keys[place][number].Where(key => !wanted.ContainsKey(key)))
                {
                    wanted.Add(key, rule.SearchTextOf(rows[place], key));
                }
            }

            return wanted;
        }
    }

    private static RowMatch Match(ColumnMap map, IReadOnlyList<string>[] keys, MatchRule[] rules, RecordIndex index)
    {
        for (var number = 0; number < rules.Length; number++)
        {
            var rule = rules[number];
            var found = keys[number].SelectMany(key => index.Find(number, key)).GroupBy(static record => record.Id)
                .Select(static group => group.First()).ToArray();
            if (found.Length == 1)
            {
                return new RowMatch(found[0], rule, null);
            }

            if (found.Length > 1)
            {
                var ids = string.Join(", ", found.Select(static record => record.Id).OrderBy(static id => id).Take(20));
                return new RowMatch(
                    null, rule,
                        $"Several {CopperEntities.GetPrimary(map.Entity).Plural} match by {rule.Text}: {ids}. Match on Id, and write "
                            + "the id of the one that is meant into the column Id.");
            }

            if (rule.Single == "Id" && keys[number].Count > 0 && !IsId(keys[number][0].Substring(1)))
            {
                return new RowMatch(
                    null, null, $"'{keys[number][0].Substring(1)}' is no id: an id is a positive whole number. Clear the cell if the "
                        + $"{map.Entity} is to be created.");
            }

            if (rule.Single == "Id" && keys[number].Count > 0)
            {
                return new RowMatch(
                    null, null,
                        $"There is no {map.Entity} with the id {keys[number][0].Substring(1)}. Clear the cell if it is to be created.");
            }
        }

        if (index.Unreadable is { } unreadable)
        {
            return new RowMatch(
                null, null, $"A record was found that cannot be read, and that may be the one of this row: {unreadable} Nothing is created "
                    + "for it.");
        }

        return new RowMatch(
            null,
            null,
            keys.All(static key => key.Count == 0)
                ? NothingToMatchOn(map, rules)
                : null);
    }

    /// <summary>A name finds a record nearly everywhere, and most rows have one.</summary>
    private static string NothingToMatchOn(ColumnMap map, MatchRule[] rules) =>
        $"The row shows nothing to match on ({string.Join(", ", rules.Select(static rule => rule.Text))}). Fill "
            + (rules.Length == 1 ? "it in" : "one of them in")
            + (MatchRule.PartsOf(map.Entity).Contains("Name") && rules.All(static rule => rule.Single != "Name")
                ? ", or add Name to the rules (MatchOn)." : ".");

    private static bool IsId(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0;

    /// <summary>Why nothing of a row can be read; null when it can.</summary>
    private static string? ProblemOf(ImportRow row) => row.Headings
        .Where(heading => row[heading] is string text && text.Contains('\0'))
        .Select(heading => $"The column {heading}: {CellCheck.ProblemOfText((string)row[heading]!)}")
        .FirstOrDefault();

    private static int? EarlierRow(IReadOnlyList<string>[] keys, Dictionary<string, int>[] rows)
    {
        for (var rule = 0; rule < keys.Length; rule++)
        {
            foreach (var key in keys[rule])
            {
                if (rows[rule].TryGetValue(key, out var place))
                {
                    return place;
                }
            }
        }

        return null;
    }

    private static void Note(IReadOnlyList<string>[] keys, Dictionary<string, int>[] rows, int place)
    {
        for (var rule = 0; rule < keys.Length; rule++)
        {
            foreach (var key in keys[rule])
            {
                rows[rule][key] = rows[rule].TryGetValue(key, out var first) ? first : place;
            }
        }
    }

    private static bool IsSame(ImportRow one, ImportRow other) =>
        one.Headings.Union(other.Headings, StringComparer.OrdinalIgnoreCase)
            .All(heading => CellText.Of(one[heading]) == CellText.Of(other[heading]));

    /// <summary>The ids of the companies that rows name and their records do not have yet.</summary>
    private async Task ResolveCompaniesAsync(
        IReadOnlyList<ImportRow> rows,
        IReadOnlyList<ImportHeading> headings,
        IReadOnlyList<RowMatch> matches,
        RowFields fields,
        CompanyNames companies,
        CancellationToken cancellationToken)
    {
        if (headings.FirstOrDefault(static heading => heading.Column?.Kind == ColumnKind.RecordName) is not { } heading)
        {
            return;
        }

        var wanted = new HashSet<string>(
            matches
                .Select((match, place) => (Match: match, Name: rows[place][heading.Text] is { } cell ? CellReader.Text(cell)
                    : string.Empty))
                .Where(item => item.Match.Problem is null && item.Name.Length > 0 && fields.Shown(heading, item.Match.Record) != item.Name)
                .Select(static item => item.Name),
            StringComparer.OrdinalIgnoreCase);
        if (wanted.Count == 0)
        {
            return;
        }

        var nameHeading = new ImportHeading("Name", ColumnMap.Of(CopperEntityNames.Company)!.Find("Name"));
        var rule = MatchRule.Parse("Name", CopperEntityNames.Company, [nameHeading]);
        var index = new RecordIndex(RecordAccess.Of(client, CopperEntityNames.Company), [rule], fields.Shown, progress);
        var keys = wanted.ToDictionary(static name => name, name =>
            rule.KeysOf(new ImportRow([new("Name", name)]))[0], StringComparer.OrdinalIgnoreCase);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in keys)
        {
            texts[entry.Value] = rule.SearchTextOf(new ImportRow([new("Name", entry.Key)]), entry.Value);
        }

        try
        {
            await index.LoadAsync([texts], cancellationToken).ConfigureAwait(false);
            companies.Unreadable = index.Unreadable;
        }
        catch (CopperProtocolException failure)
        {
            companies.Unreadable = failure.Message;
        }

        foreach (var entry in keys)
        {
            companies.Add(entry.Key, [.. index.Find(0, entry.Value).Select(static company => company.Id)]);
        }
    }

    private async Task<CopperPlanStep> StepOfAsync(
        ColumnMap map,
        ImportRow row,
        int number,
        IReadOnlyList<ImportHeading> headings,
        RowMatch match,
        RowFields fields,
        NearRecords near,
        CancellationToken cancellationToken)
    {
        var name = match.Record?.ToString() ?? NameOf(row, headings);
        CopperPlanStep Idle(PlanAction action, string? reason) => new()
        {
            Step = number,
            Row = number,
            Action = action,
            Entity = map.Entity,
            Id = match.Record?.Id,
            Name = name,
            MatchedBy = match.Rule?.Text,
            Reason = action == PlanAction.Hold ? $"Row {number}{(name is null ? string.Empty : $" ({name})")}: {reason}" : reason,
        };

        if (row.Headings.All(heading => CellReader.IsBlank(row[heading])))
        {
            return Idle(PlanAction.Skip, "The row is empty.");
        }

        if (match.Problem is not null)
        {
            return Idle(PlanAction.Hold, match.Problem);
        }

        if (match.SameAs is { } same)
        {
            return Idle(PlanAction.Skip, $"Row {same} says the same.");
        }

        if (match.Record is not null && options.OnMatch == ImportMatchAction.Skip)
        {
            return Idle(PlanAction.Skip, "The record is there.");
        }

        if (match.Record is null && !options.CreatesMissing)
        {
            var hint = await near.FindAsync(name, cancellationToken).ConfigureAwait(false);
            return Idle(PlanAction.Skip, hint is null ? "The record is not there." : $"The record is not there. {hint}");
        }

        try
        {
            var result = await fields.BuildAsync(row, match.Record, match.Rule, cancellationToken).ConfigureAwait(false);
            if (match.Record is null && !result.Body.Contains("name"))
            {
                return Idle(PlanAction.Hold, $"A new {map.Entity} must have a name, and the row shows none.");
            }

            return result.Body.Count == 0 ? Idle(PlanAction.Skip, string.Join(" ", result.Notes.Prepend("The row changes nothing.")))
                : new CopperPlanStep
            {
                Step = number,
                Row = number,
                Action = match.Record is null ? PlanAction.Create : PlanAction.Update,
                Entity = map.Entity,
                Id = match.Record?.Id,
                Name = name,
                MatchedBy = match.Rule?.Text,
                Changes = result.Changes,
                Reason = result.Notes.Count == 0 ? null : string.Join(" ", result.Notes),
                Modified = match.Record is null ? null
                    : CopperPlanStep.TextOf(CopperEntities.GetPrimary(map.Entity).DatesOf(match.Record).Modified),
                Fields = result.Body.ToString(),
                Before = match.Record is null ? null : RecordFields.ImageOf(match.Record, result.Body, options.DateFormat).ToString(),
            };
        }
        catch (InputRejectedException rejection)
        {
            return Idle(PlanAction.Hold, rejection.Message);
        }
    }

    private static string? NameOf(ImportRow row, IReadOnlyList<ImportHeading> headings)
    {
        string Cell(string column) =>
            headings.FirstOrDefault(heading => heading.Column?.Name == column) is { } heading ? CellText.Of(row[heading.Text])
                : string.Empty;
        var name = Cell("Name") is { Length: > 0 } whole ? whole : $"{Cell("FirstName")} {Cell("LastName")}".Trim();
        return name.Length > 0 ? name : Cell("Email") is { Length: > 0 } address ? address : null;
    }

    /// <summary>What a row means.</summary>
    private sealed record RowMatch(ICopperRecord? Record, MatchRule? Rule, string? Problem)
    {
        /// <summary>The number of an earlier row that says the same; null for none.</summary>
        public int? SameAs { get; init; }
    }
}
