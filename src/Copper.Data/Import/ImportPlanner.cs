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
    /// <summary>Progress is told after so many rows.</summary>
    private const int ReportedRows = 500;

    private ImportFile? _file;
    private RowClaims? _claims;
    private readonly object _lock = new();
    private Task _replanning = Task.CompletedTask;

    /// <summary>The companies that rows name and that are not there, and how many rows name each; known once the plan is made.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> MissingCompanies { get; private set; } = [];

    /// <summary>
    /// The column that an import takes a heading for: Title for Job title. Null where it is none, and where rows do not write the column.
    /// </summary>
    /// <param name="entity">The entity, in the API's singular word.</param>
    /// <param name="heading">The heading. A custom field of that name would come first, and is not looked for.</param>
    public static string? ColumnOf(string? entity, string heading) =>
        ColumnMap.Of(entity) is { } map && ImportHeadings.OwnColumn(map, heading) is { IsServerSet: false, CanBeWritten: true } column
            ? column.Name
            : null;

    /// <summary>The rules by which records of an entity can be found, without those by custom fields; none for an unknown one.</summary>
    /// <param name="entity">The entity, in the API's singular word.</param>
    public static IReadOnlyList<string> RulesOf(string? entity) =>
        CopperEntities.FindPrimary(entity) is { } known ? MatchRule.PartsOf(known.Name) : [];

    /// <summary>The step can be that of the row: what it changes stands in the row.</summary>
    public static bool IsOf(CopperPlanStep step, ImportRow row) =>
        step.Changes.All(change => !row.Has(change.Property) || CellMeaning.CanBe(row[change.Property], change.After ?? string.Empty));

    /// <summary>
    /// Makes the plan: a step for each row, in their order. Memory holds the keys of the rows and little else: give many rows as an
    /// <see cref="ImportRowList"/>.
    /// </summary>
    /// <param name="rows">The rows of the file; they are read several times.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ImportException">The file, or the options, cannot be used as they are; nothing was written.</exception>
    /// <exception cref="PlanException">The temporary folder cannot take what does not fit into memory.</exception>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async Task<ChangePlan> PlanAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken = default)
    {
        UseCulture();
        var map = CheckOptions();
        if (rows.Count == 0)
        {
            return new ChangePlan([]);
        }

        var file = _file = await ReadFileAsync(map, rows, cancellationToken).ConfigureAwait(false);
        _claims = null;
        var companies = new CompanyNames(options.CreatesCompanies);
        using var steps = await StepsOfAsync(file, rows, companies, 1, cancellationToken).ConfigureAwait(false);
        MissingCompanies = [.. companies.Missing.Select(static company => new KeyValuePair<string, int>(company.Name, company.Rows.Count))];
        return new ChangePlan(companies.Steps(steps).Select(static step => step.Sealed()).Concat(steps));
    }

    /// <summary>
    /// Plans the row of a step again, while the plan is carried out: somebody has created its record since. The rules within the file
    /// hold for it as they did before: a record that another row means, or an address that another row gives, is not given twice.
    /// </summary>
    /// <param name="step">A step of the plan.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="rows">The rows that it was made of.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The step; null when the step is of no row, or the rows cannot be read as a file.</returns>
    /// <exception cref="CopperException">The account cannot be read.</exception>
    public Task<CopperPlanStep?> ReplanAsync(
        CopperPlanStep step, ChangePlan plan, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken = default)
    {
        // Several requests of the run may be in flight, and each row must know of the one before it.
        lock (_lock)
        {
            var next = ReplanAfterAsync(_replanning, step, plan, rows, cancellationToken);
            _replanning = next;
            return next;
        }
    }

    private async Task<CopperPlanStep?> ReplanAfterAsync(
        Task former, CopperPlanStep step, ChangePlan plan, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        // How the former one ended is told to whoever asked for it.
        await former.ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
            .ConfigureAwait(false);
        if (step.Row is not { } number || number < 1 || number > rows.Count)
        {
            return null;
        }

        UseCulture();
        try
        {
            var file = _file ??= await ReadFileAsync(CheckOptions(), rows, cancellationToken).ConfigureAwait(false);
            var claims = _claims ??= new RowClaims(plan);

            // The plan has created the companies already.
            using var steps = await StepsOfAsync(
                file, [rows[(int)number - 1]], new CompanyNames(creates: false), (int)number, cancellationToken).ConfigureAwait(false);
            return claims.Take(steps[0], (earlier, later) => RowClaims.SaysNoMore(
                rows[(int)earlier - 1], rows[(int)later - 1], file.Headings, options.EmptyClears));
        }
        catch (ImportException)
        {
            return null;
        }
    }

    /// <summary>Cells are read in the current culture. What an asynchronous method sets ends with it: the caller's own stays.</summary>
    private void UseCulture()
    {
        if (options.Culture is { } culture)
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private ColumnMap CheckOptions()
    {
        var map = CopperEntities.FindPrimary(options.Entity) is { } entity && ColumnMap.Of(entity.Name) is { } known
            ? known
            : throw new ImportException(
                $"'{options.Entity}' cannot be imported. It is one of: {string.Join(", ", CopperEntities.Primary)}.");
        return options.MatchOn.Count > 0 ? map
            : throw new ImportException("No rule says how a row's record is found. Give one at least, for example Email.");
    }

    /// <summary>What the headings of the file stand for, and how it writes its values: what no row shows alone.</summary>
    private async Task<ImportFile> ReadFileAsync(ColumnMap map, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
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
        var notation = NumberNotation.Of(rows, headings, RowFields.IsWhole(map, headings));
        return new ImportFile(map, headings, rules, catalog, names, notation, DateOfOtherOrder(rows, headings));
    }

    /// <summary>The steps of rows, the first of which has a number in the file.</summary>
    private async Task<SpilledList<CopperPlanStep>> StepsOfAsync(
        ImportFile file, IReadOnlyList<ImportRow> rows, CompanyNames companies, int first, CancellationToken cancellationToken)
    {
        var map = file.Map;
        var cells = new CellConverter(client, map.Entity, companies, options);
        var fields = new RowFields(map, file.Headings, file.Catalog, file.Names, cells, options, file.Notation, file.OtherOrder);
        using var index = new RecordIndex(client, map.Entity, file.Rules, fields.Shown, progress);
        var matches = await MatchAsync(file, rows, first, index, cancellationToken).ConfigureAwait(false);
        CheckEncoding(rows, file.Headings, matches, index, fields);
        await ResolveCompaniesAsync(rows, file.Headings, matches, index, fields, companies, cancellationToken).ConfigureAwait(false);
        var near = new NearRecords(RecordAccess.Of(client, map.Entity));
        using var steps = SpilledSteps.New();
        for (var place = 0; place < rows.Count; place++)
        {
            cells.Row = first + place;
            var record = matches[place].Place is { } found ? index.Read(found) : null;
            var step = await StepOfAsync(
                map, rows[place], first + place, file.Headings, matches[place], record, fields, near, cancellationToken)
                .ConfigureAwait(false);
            steps.Add(step.Sealed());
            if ((place + 1) % ReportedRows == 0)
            {
                progress?.Report(new ImportProgress("Planning rows", place + 1, rows.Count));
            }
        }

        RecordIndex? owners = null;
        try
        {
            return await new StepCheck(client, map, file.Headings).CheckAsync(
                steps, KnownOwners(map, file.Rules, index), LoadOwnersAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            owners?.Dispose();
        }

        // Looks for those who have addresses or domains.
        async Task<Func<string, IEnumerable<RecordOwner>>> LoadOwnersAsync(IReadOnlyCollection<string> values)
        {
            var column = UniqueColumn(map);
            var rule = MatchRule.Parse(column, map.Entity, [new ImportHeading(column, map.Find(column))]);
            var loaded = owners = new RecordIndex(client, map.Entity, [rule], fields.Shown, progress);
            await loaded.LoadAsync(
                [values.Select(value => (KeyOf(map, rule, value), (string?)null))], cancellationToken).ConfigureAwait(false);
            return value => OwnersIn(loaded, 0, KeyOf(map, rule, value));
        }
    }

    /// <summary>Who has an address or a domain, where a rule has looked for those of all rows; null where none has.</summary>
    private static Func<string, IEnumerable<RecordOwner>>? KnownOwners(ColumnMap map, MatchRule[] rules, RecordIndex index)
    {
        var number = Array.FindIndex(rules, static rule => rule.Single is "Email" or "EmailDomain");
        return number < 0 ? null : value => OwnersIn(index, number, KeyOf(map, rules[number], value));
    }

    private static IEnumerable<RecordOwner> OwnersIn(RecordIndex index, int rule, string key) =>
        index.Find(rule, key).Select(found => new RecordOwner(found.Id, () => index.Read(found.Place).ToString()));

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
        IReadOnlyList<ImportRow> rows,
        IReadOnlyList<ImportHeading> headings,
        IReadOnlyList<RowMatch> matches,
        RecordIndex index,
        RowFields fields)
    {
        var used = headings.Where(static heading => heading.Column is not null).ToArray();
        var count = 0;
        (string Text, ImportHeading Heading, int Row)? first = null;
        for (var place = 0; place < rows.Count; place++)
        {
            var row = rows[place];
            foreach (var heading in used)
            {
                if (row[heading.Text] is string text && FileText.ProblemOf(text) is not null
                    && fields.Shown(heading, matches[place].Place is { } found ? index.Read(found) : null) != CellReader.Text(text))
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
        ImportFile file, IReadOnlyList<ImportRow> rows, int firstRow, RecordIndex index, CancellationToken cancellationToken)
    {
        var rules = file.Rules;
        await index.LoadAsync([.. rules.Select(Wanted)], cancellationToken).ConfigureAwait(false);

        var byRecord = new Dictionary<long, int>();
        var matches = new List<RowMatch>(rows.Count);
        for (var place = 0; place < rows.Count; place++)
        {
            var row = rows[place];
            var keys = KeysOf(row);
            var match = ProblemOf(row) is { } unreadable ? new RowMatch(null, null, unreadable)
                : Match(file.Map, keys, rules, index);
            var id = match.Place is { } found ? index.At(found).Id : (long?)null;
            var earlier = id is { } own
                ? byRecord.TryGetValue(own, out var other) ? other : (int?)null
                : EarlierRow(keys, index);
            if (match.Problem is null && earlier is { } first)
            {
                match = RowClaims.SaysNoMore(rows[first], row, file.Headings, options.EmptyClears)
                    ? match with { SameAs = firstRow + first }
                    : match with { Problem = RowClaims.SaysElse(file.Map.Entity, firstRow + first) };
            }
            else if (id is { } record)
            {
                byRecord[record] = place;
            }

            for (var rule = 0; rule < keys.Length; rule++)
            {
                foreach (var key in keys[rule])
                {
                    index.NoteRow(rule, key, place);
                }
            }

            matches.Add(match);
        }

        return matches;

        IReadOnlyList<string>[] KeysOf(ImportRow row) =>
            [.. rules.Select(rule => ProblemOf(row) is null ? rule.KeysOf(row) : [])];

        IEnumerable<(string Key, string? Text)> Wanted(MatchRule rule) => rows.Where(static row => ProblemOf(row) is null)
            .SelectMany(row => rule.KeysOf(row).Select(key => (key, rule.Single == "Name" ? rule.SearchTextOf(row, key) : null)));
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
                return new RowMatch(found[0].Place, rule, null);
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

    private static int? EarlierRow(IReadOnlyList<string>[] keys, RecordIndex index)
    {
        for (var rule = 0; rule < keys.Length; rule++)
        {
            foreach (var key in keys[rule])
            {
                if (index.FirstRowOf(rule, key) is { } row)
                {
                    return row;
                }
            }
        }

        return null;
    }

    /// <summary>The ids of the companies that rows name and their records do not have yet.</summary>
    private async Task ResolveCompaniesAsync(
        IReadOnlyList<ImportRow> rows,
        IReadOnlyList<ImportHeading> headings,
        IReadOnlyList<RowMatch> matches,
        RecordIndex records,
        RowFields fields,
        CompanyNames companies,
        CancellationToken cancellationToken)
    {
        if (headings.FirstOrDefault(static heading => heading.Column?.Kind == ColumnKind.RecordName) is not { } heading)
        {
            return;
        }

        var wanted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var place = 0; place < rows.Count; place++)
        {
            var name = rows[place][heading.Text] is { } cell ? CellReader.Text(cell) : string.Empty;
            if (matches[place].Problem is null && name.Length > 0
                && fields.Shown(heading, matches[place].Place is { } found ? records.Read(found) : null) != name)
            {
                wanted.Add(name);
            }
        }

        if (wanted.Count == 0)
        {
            return;
        }

        var nameHeading = new ImportHeading("Name", ColumnMap.Of(CopperEntityNames.Company)!.Find("Name"));
        var rule = MatchRule.Parse("Name", CopperEntityNames.Company, [nameHeading]);
        using var index = new RecordIndex(client, CopperEntityNames.Company, [rule], fields.Shown, progress);
        var keys = wanted.ToDictionary(static name => name, name =>
            rule.KeysOf(new ImportRow([new("Name", name)]))[0], StringComparer.OrdinalIgnoreCase);

        try
        {
            await index.LoadAsync(
                [keys.Select(entry => (entry.Value, (string?)rule.SearchTextOf(new ImportRow([new("Name", entry.Key)]), entry.Value)))],
                cancellationToken).ConfigureAwait(false);
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
        ICopperRecord? record,
        RowFields fields,
        NearRecords near,
        CancellationToken cancellationToken)
    {
        var name = record?.ToString() ?? NameOf(row, headings);
        CopperPlanStep Idle(PlanAction action, string? reason) => new()
        {
            Step = number,
            Row = number,
            Action = action,
            Entity = map.Entity,
            Id = record?.Id,
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

        if (record is not null && options.OnMatch == ImportMatchAction.Skip)
        {
            return Idle(PlanAction.Skip, "The record is there.");
        }

        if (record is null && !options.CreatesMissing)
        {
            var hint = await near.FindAsync(name, cancellationToken).ConfigureAwait(false);
            return Idle(PlanAction.Skip, hint is null ? "The record is not there." : $"The record is not there. {hint}");
        }

        try
        {
            var result = await fields.BuildAsync(row, record, match.Rule, cancellationToken).ConfigureAwait(false);
            if (record is null && !result.Body.Contains("name"))
            {
                return Idle(PlanAction.Hold, $"A new {map.Entity} must have a name, and the row shows none.");
            }

            return result.Body.Count == 0 ? Idle(PlanAction.Skip, string.Join(" ", result.Notes.Prepend("The row changes nothing.")))
                : new CopperPlanStep
            {
                Step = number,
                Row = number,
                Action = record is null ? PlanAction.Create : PlanAction.Update,
                Entity = map.Entity,
                Id = record?.Id,
                Name = name,
                MatchedBy = match.Rule?.Text,
                Changes = result.Changes,
                Reason = result.Notes.Count == 0 ? null : string.Join(" ", result.Notes),
                Modified = record is null ? null
                    : CopperPlanStep.TextOf(CopperEntities.GetPrimary(map.Entity).DatesOf(record).Modified),
                Fields = result.Body.ToString(),
                Before = record is null ? null : RecordFields.ImageOf(record, result.Body, options.DateFormat).ToString(),
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
    /// <param name="Place">The place of its record in the index; null for none.</param>
    /// <param name="Rule">The rule that found it, or that cannot tell it.</param>
    /// <param name="Problem">Why it waits; null for nothing.</param>
    private readonly record struct RowMatch(int? Place, MatchRule? Rule, string? Problem)
    {
        /// <summary>The number of an earlier row that says the same; null for none.</summary>
        public int? SameAs { get; init; }
    }

    /// <summary>What a file is, whatever stands in its rows.</summary>
    private sealed record ImportFile(
        ColumnMap Map,
        IReadOnlyList<ImportHeading> Headings,
        MatchRule[] Rules,
        CustomFieldCatalog Catalog,
        RecordNames Names,
        NumberNotation Notation,
        string? OtherOrder);
}
