using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>
/// Builds the request body of a row: what the row shows and the record does not have. A cell that shows what the record shows says
/// nothing, so that an exported file that nobody edited writes nothing.
/// </summary>
/// <param name="map">The columns of the entity.</param>
/// <param name="headings">What the headings of the file stand for.</param>
/// <param name="catalog">The custom fields.</param>
/// <param name="names">The names of lists, which are loaded.</param>
/// <param name="cells">Converts single cells.</param>
/// <param name="options">How rows are read.</param>
/// <param name="notation">How the file writes numbers.</param>
/// <param name="otherOrder">A date of the file with day and month in another order than the culture's; null for none.</param>
internal sealed class RowFields(
    ColumnMap map, IReadOnlyList<ImportHeading> headings, CustomFieldCatalog catalog, RecordNames names, CellConverter cells,
        ImportOptions options, NumberNotation notation, string? otherOrder = null)
{
    private readonly HashSet<string> _protected = new(
        options.Protect.Select(name => ImportHeadings.OwnColumn(map, name)?.Name ?? name.Trim()), StringComparer.OrdinalIgnoreCase);

    /// <summary>The file shows every column that a flat record has: what it shows in one column is all that there is.</summary>
    private readonly bool _isWhole = IsWhole(map, headings);

    /// <summary>The headings are all that a flat record of the entity has.</summary>
    public static bool IsWhole(ColumnMap map, IReadOnlyList<ImportHeading> headings) =>
        map.Columns.All(column => headings.Any(heading => heading.Field is null && heading.Column == column));

    /// <summary>What the column shows for the record, as text; empty for nothing.</summary>
    public string Shown(ImportHeading heading, ICopperRecord? record) => record is null ? string.Empty
        : CellText.Of(CellText.Normal(heading.Field is { } field ? FieldValue(record, field)
            : FlatTable.ValueOf(record, heading.Column!, names)));

    /// <summary>The body, and what it changes.</summary>
    /// <param name="row">The row.</param>
    /// <param name="record">The record that it means; null for a new one.</param>
    /// <param name="rule">The rule by which the record was found; null for a new one.</param>
    /// <param name="cancellationToken">Ends the look-up of names.</param>
    /// <exception cref="InputRejectedException">A cell cannot be taken.</exception>
    public async Task<RowResult> BuildAsync(
        ImportRow row, ICopperRecord? record, MatchRule? rule, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> matchedFields = rule?.Fields ?? [];
        var onlyAdds = rule is { IsVague: true } && record is not null && !IsOwnExport(row, record);
        var result = new RowResult();
        var inUtc = options.InUtc || IsUtc(row, record);
        var edits = Edits(row, record, inUtc, result);
        if (record is not null)
        {
            SettleContradictions(row, record, inUtc, edits, result);
        }

        var faults = new List<InputRejectedException>();
        var nameCells = new NameCells(edits, record);
        var lists = new Dictionary<string, ContactPointList>();
        var fields = new List<JsonBody>();
        var noChange = new HashSet<ImportHeading>();
        CopperAddress? address = null;

        // Of Email and Email2 the first comes first, whatever the order of the columns is.
        foreach (var (heading, shown) in edits.OrderBy(static edit =>
            ContactPointList.IsShownIn(edit.Heading.Column) ? edit.Heading.Column!.Place : 0))
        {
            var column = heading.Column!;
            var cell = shown;
            if (cell is string text && FileText.ProblemOf(text) is { } problem)
            {
                throw CellReader.Reject($"The text '{text}' in the column {heading.Text} {problem}", cell);
            }

            try
            {
                CheckCell(heading, cell, record, matchedFields);
                cell = NumberNotation.IsNumber(heading) ? notation.Read(cell, PresentNumber(heading, record)) : cell;
                switch (column.Kind)
                {
                    case ColumnKind.Email or ColumnKind.Phone or ColumnKind.Website or ColumnKind.Social:
                        if (!lists.TryGetValue(column.Field!, out var list))
                        {
                            var present = record is null ? [] : ContactPointList.Of(record, column);
                            list = new ContactPointList(column.Kind, present, !matchedFields.Contains(column.Field!), onlyAdds);
                            lists.Add(column.Field!, list);
                        }


                        var items = CellReader.Items(cell, list.Points.Select(static point => point.ToString()));
                        CopperContactPoint[] former = [.. list.Points];
                        list.Put(column.Place, items, TakesRest(column, cell), Category(row, column));
                        if (former.SequenceEqual(list.Points))
                        {
                            noChange.Add(heading);
                        }

                        break;
                    case ColumnKind.AddressPart:
                        address ??= Copy((record as IAddressedRecord)?.Address);
                        typeof(CopperAddress).GetProperty(column.Name)!.SetValue(address, cell is null ? null : AddressPart(column, cell));
                        break;
                    case ColumnKind.CustomField:
                        var item = RecordFields.Item(
                            heading.Field!.Id, await cells.FieldValueAsync(heading.Field, cell, cancellationToken).ConfigureAwait(false));
                        if (IsEqual(RecordFields.CustomFields, new[] { item }, record))
                        {
                            noChange.Add(heading);
                            break;
                        }

                        CheckOrder(heading, cell, record, inUtc);
                        fields.Add(item);
                        break;
                    case ColumnKind.NamePart or ColumnKind.RelatedType or ColumnKind.RelatedId:
                        break;
                    case ColumnKind.RecordName when Edited(edits, column.Field!, ColumnKind.RecordId)
                        || (record is null && Shows(row, column.Field!, ColumnKind.RecordId)):
                        // The id beside the name counts.
                        break;
                    case ColumnKind.RecordId when cell is null && Shows(row, column.Field!, ColumnKind.RecordName):
                        break;
                    default:
                        CheckOrder(heading, cell, record, inUtc);
                        result.Body[column.Field!] = cell is not null
                            ? await cells.ValueAsync(column, cell, record, PipelineOf(row), inUtc, cancellationToken).ConfigureAwait(false)
                            : column.Kind == ColumnKind.Tags ? Array.Empty<string>()
                            : column.Field == "name" ? throw CellReader.Reject("a record must have a name.", cell)
                            : null;
                        break;
                }
            }
            catch (InputRejectedException rejection)
            {
                faults.Add(new InputRejectedException(
                    rejection.Reason,
                    $"The column {heading.Text}: {rejection.Message}{CultureAdvice(row[heading.Text])}",
                    rejection.Value));
            }
        }

        Collect(faults, () => nameCells.AddTo(result.Body));
        Collect(faults, () => AddRelated(result.Body, row, edits, record));
        if (faults.Count > 0)
        {
            throw faults.Count == 1 ? faults[0]
                : new InputRejectedException(
                    faults[0].Reason, string.Join(" ", faults.Select(static fault => fault.Message)), faults[0].Value);
        }

        foreach (var list in lists)
        {
            result.Body[list.Key] = list.Key == "email" ? OnlyOne(list.Value.Points) : list.Value.Points.ToArray();
        }

        if (address is not null)
        {
            result.Body["address"] = address.ToString().Length == 0 ? null : address;
        }

        if (fields.Count > 0)
        {
            result.Body[RecordFields.CustomFields] = fields.ToArray();
        }

        foreach (var name in result.Body.Names.Where(name => IsEqual(name, result.Body[name], record)).ToArray())
        {
            result.Body.Remove(name);
        }

        CheckLossReason(row, record, inUtc, result);
        result.Changes.AddRange(edits
            .Where(edit => result.Body.Contains(edit.Heading.Column!.Field!) && !noChange.Contains(edit.Heading))
            .Select(edit => new PlanChange(edit.Heading.Name, Shown(edit.Heading, record), Written(edit.Heading, edit.Cell, result.Body)))
            .Where(change => change.Before != change.After || map.Find(change.Property) is not { Kind: ColumnKind.AddressPart }));
        CheckAge(row, record, inUtc, result);
        return result;
    }

    /// <summary>What the column will show of the cell: the value that is written, in the form in which the present one is shown.</summary>
    private string Written(ImportHeading heading, object? cell, JsonBody body)
    {
        if (cell is null)
        {
            return string.Empty;
        }

        var column = heading.Column!;
        if (heading.Field is { } field)
        {
            var value = RecordFields.Items(body[RecordFields.CustomFields]).FirstOrDefault(item => item.Id == field.Id).Value;
            return CellText.Of(CellText.Normal(catalog.ValueOf(new CopperCustomFieldValue { DefinitionId = field.Id, Value = value })));
        }

        var written = body[column.Field!];
        return column.Kind switch
        {
            ColumnKind.Day when DateTime.TryParseExact(
                written as string, options.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => CellText.Of(day),
            ColumnKind.Time when written is DateTimeOffset time => names.Time(time)!,
            ColumnKind.ListName when written is long id => names.NameOf(column.List, id)!,
            ColumnKind.Number or ColumnKind.WholeNumber or ColumnKind.Percentage => CellText.Of(written),
            ColumnKind.Tags => RecordFields.Shown(written),
            ColumnKind.AddressPart when written is CopperAddress address =>
                CellText.Of(typeof(CopperAddress).GetProperty(column.Name)!.GetValue(address)),
            ColumnKind.Text when written is string text => CellText.Of(text),
            _ => CellText.Of(cell),
        };
    }

    private decimal? PresentNumber(ImportHeading heading, ICopperRecord? record) =>
        decimal.TryParse(Shown(heading, record), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Collect(List<InputRejectedException> faults, Action part)
    {
        try
        {
            part();
        }
        catch (InputRejectedException rejection)
        {
            faults.Add(rejection);
        }
    }

    /// <summary>Addresses have codes of countries. What is no country is for the service to reject.</summary>
    private static string AddressPart(Column column, object cell)
    {
        var text = CellReader.Text(cell);
        return column.Name == "Country" ? Countries.CodeOf(text) ?? text : text;
    }

    /// <summary>What holds for the cells of all columns.</summary>
    /// <exception cref="InputRejectedException">The cell cannot be meant so.</exception>
    private void CheckCell(ImportHeading heading, object? cell, ICopperRecord? record, IReadOnlyCollection<string> matchedFields)
    {
        var column = heading.Column!;
        if (column.Kind == ColumnKind.Tags || ContactPointList.IsShownIn(column))
        {
            CellReader.CheckAreOne(cell);
        }
        else if (heading.Field is null)
        {
            CellReader.CheckIsOne(cell);
        }

        if (cell is string part && column.Kind is ColumnKind.NamePart or ColumnKind.AddressPart)
        {
            CellConverter.Checked(column, (string)cell);
        }

        if (cell is null
            || record is null
            || !(column.Kind is ColumnKind.Text or ColumnKind.NamePart or ColumnKind.AddressPart or ColumnKind.Phone
                || heading.Field is { DataType: CustomFieldTypes.ShortText or CustomFieldTypes.LongText }))
        {
            return;
        }

        var (text, shown) = (CellText.Of(cell), Shown(heading, record));
        if (CellCheck.HasLostZeros(text, shown)
            || (heading.Field is not null && matchedFields.Contains(RecordFields.CustomFields) && CellCheck.HasLostZeros(shown, text)))
        {
            throw CellReader.Reject(CellCheck.LostZeros(text, shown), cell);
        }
    }

    /// <summary>A date whose day and month are in another order: what reads the whole file, as a sentence after a space.</summary>
    private static string CultureAdvice(object? cell) => cell is string text && DateText.IsOfOtherOrder(text)
        ? $" {ErrorWords.Current.ReadsCulture(DateText.OtherCulture)}."
        : string.Empty;

    /// <summary>Where a date of the file shows that day and month are in another order, the others cannot be trusted.</summary>
    private void CheckOrder(ImportHeading heading, object? cell, ICopperRecord? record, bool inUtc)
    {
        var column = heading.Column!;
        if (otherOrder is null
            || cell is not string text
            || !(column.Kind is ColumnKind.Day or ColumnKind.Time || heading.Field is { DataType: CustomFieldTypes.Date })
            || !DateText.HasTwoOrders(text)
            || (column.Kind == ColumnKind.Time && record is not null && IsSame(column, cell, Shown(heading, record), inUtc))
            || (column.Kind == ColumnKind.Day && CellText.Of(CellReader.Day(cell)) == Shown(heading, record)))
        {
            return;
        }

        throw CellReader.Reject(
            $"day and month of '{text.Trim()}' cannot be told apart: another date of the file, '{otherOrder}', has them in another order "
                + $"than your culture. Write the dates as 2026-01-31, or run {Advice.Give(Advice.Program, "the program")} in "
                + "the culture of the file.",
            cell);
    }

    /// <summary>A row of an export must not bring back what somebody has changed since.</summary>
    private void CheckAge(ImportRow row, ICopperRecord? record, bool inUtc, RowResult result)
    {
        if (record is not null
            && result.Body.Count > 0
            && options.OnMatch == ImportMatchAction.Update
            && IsOwnExport(row, record)
            && IsOlder(row, record, inUtc))
        {
            throw CellReader.Reject(
                $"{map.Entity} {record.Id} was modified after this row was exported, and the row would replace: "
                    + $"{string.Join(", ", result.Changes.Select(static change => change.Property))}. Export it again and edit that; or "
                    + "leave DateModified out to write the row all the same.",
                null);
        }
    }

    /// <summary>
    /// The service takes a loss reason with the status Lost only, and drops it with any other: a row that was exported before its deal was
    /// opened again still shows the reason.
    /// </summary>
    private void CheckLossReason(ImportRow row, ICopperRecord? record, bool inUtc, RowResult result)
    {
        const string Reason = "loss_reason_id";
        if (!result.Body.Contains(Reason) || result.Body[Reason] is null)
        {
            return;
        }

        var status = (result.Body.Contains("status") ? result.Body["status"] as string : (record as CopperOpportunity)?.Status) ?? "Open";
        if (status == "Lost")
        {
            return;
        }

        if (record is null || !IsOlder(row, record, inUtc))
        {
            throw CellReader.Reject(
                "LossReason",
                $"a reason goes with the status Lost only, and the status of the opportunity is {status}. Write Lost into the column "
                    + "Status, or clear the cell.",
                null);
        }

        result.Body.Remove(Reason);
        result.Notes.Add($"LossReason is not written: it goes with the status Lost only, and the status is {status} since the export.");
    }

    private bool IsOwnExport(ImportRow row, ICopperRecord record) => Cell(row, "Id") == record.Id.ToString(CultureInfo.InvariantCulture);

    private static bool IsOfName(Column column) => column.Kind == ColumnKind.NamePart || column.Field == "name";

    private static bool Edited(IEnumerable<(ImportHeading Heading, object? Cell)> edits, string field, ColumnKind kind) =>
        edits.Any(edit => edit.Heading.Column!.Field == field && edit.Heading.Column.Kind == kind && edit.Cell is not null);

    private static CopperContactPoint? OnlyOne(IReadOnlyList<CopperContactPoint> points) => points.Count switch
    {
        0 => null,
        1 => points[0],
        _ => throw CellReader.Reject("Email", $"a lead has one address, not {points.Count}: {string.Join("; ", points)}.", null),
    };

    private static CopperAddress Copy(CopperAddress? address) => new()
    {
        Street = address?.Street, City = address?.City, State = address?.State, PostalCode = address?.PostalCode,
            Country = address?.Country,
    };

    /// <summary>
    /// The cells of a row that say something: they differ from what the record shows, and the options do not forbid them.
    /// </summary>
    private List<(ImportHeading Heading, object? Cell)> Edits(ImportRow row, ICopperRecord? record, bool inUtc, RowResult result)
    {
        var edits = new List<(ImportHeading Heading, object? Cell)>();
        var kept = new List<string>();
        foreach (var heading in headings.Where(heading => heading.Column is not null && row.Has(heading.Text)))
        {
            var column = heading.Column!;
            var cell = row[heading.Text];
            var isBlank = CellReader.IsBlank(cell);
            var shown = Shown(heading, record);
            if (shown == CellText.Of(cell)
                || (cell is string && shown == CellReader.Text(cell))
                || (isBlank && (record is null || !options.EmptyClears || !column.CanBeWritten)))
            {
                if (!isBlank && record is not null && HasOtherCategory(row, column, record, cell) && MayChange(heading, string.Empty))
                {
                    edits.Add((heading, cell));
                }

                continue;
            }

            if (!column.CanBeWritten)
            {
                CheckReadOnly(row, heading, cell, shown, record, inUtc, result);
            }
            else if (record is null || MayChange(heading, shown))
            {
                edits.Add((heading, isBlank ? null : cell));
            }
            else if (!isBlank && !IsProtected(heading))
            {
                kept.Add(heading.Name);
            }
        }

        if (kept.Count > 0)
        {
            result.Notes.Add($"The record keeps its {string.Join(", ", kept)}.");
        }

        // The stage stands in the row beside another pipeline: it is one of that pipeline then.
        if (record is not null
            && edits.Any(static edit => edit.Heading.Column is { Field: "pipeline_id" })
            && headings.FirstOrDefault(static heading => heading.Column is { Field: "pipeline_stage_id" }) is { } stage
            && !CellReader.IsBlank(row[stage.Text])
            && !edits.Any(edit => edit.Heading == stage)
            && MayChange(stage, string.Empty))
        {
            edits.Add((stage, row[stage.Text]));
        }

        return edits;
    }

    /// <summary>
    /// Some cells say one thing twice, or follow another cell: when one of them is written, the others become old. In the same file,
    /// imported again, they must not undo it. The time of modification tells which of the two it is.
    /// </summary>
    private void SettleContradictions(
        ImportRow row, ICopperRecord record, bool inUtc, List<(ImportHeading Heading, object? Cell)> edits, RowResult result)
    {
        var isOlder = IsOlder(row, record, inUtc);
        var hasTime = Cell(row, "DateModified").Length > 0;
        if (new NameCells(edits, record).Contradict(
            Cell(row, "Name"), headings.Any(static heading => heading.Column?.Kind == ColumnKind.NamePart)))
        {
            if (!isOlder && !hasTime)
            {
                throw CellReader.Reject("Name and the parts of the name say different things. Leave one of the two out.", null);
            }

            Drop(isOlder, IsOfName, "Name and the parts of the name say different things, and one of the two is what the record has");
        }

        var company = edits.Where(static edit => edit.Heading.Column is { Field: "company_id" }).ToArray();
        if (company.Length == 1 && Shows(row, "company_id", ColumnKind.RecordName) && Shows(row, "company_id", ColumnKind.RecordId))
        {
            // The company of a person is a relation, with which the time of modification does not change.
            var isRelation = map.Entity == CopperEntityNames.Person;
            if (company[0].Heading.Column!.Kind == ColumnKind.RecordId && (isRelation || !hasTime))
            {
                throw CellReader.Reject(
                    company[0].Heading.Text,
                    $"'{CellText.Of(company[0].Cell)}' is not the id of the company '{Cell(row, "Company")}' beside it, where the "
                        + "record is. "
                    + "Clear one of the two cells.",
                    company[0].Cell);
            }

            Drop(
                isOlder && !isRelation,
                static column => column.Field == "company_id",
                "Company and CompanyId say different things, and one of the two is what the record has");
        }

        Drop(
            isOlder,
            static column => column.Kind == ColumnKind.Percentage,
            "WinProbability is not written: the service sets it with the stage and the status");

        void Drop(bool isDropped, Func<Column, bool> isMeant, string why)
        {
            if (isDropped && edits.RemoveAll(edit => isMeant(edit.Heading.Column!)) > 0)
            {
                result.Notes.Add($"{why}, and the record has been modified since the row was exported. Export it again to change this.");
            }
        }
    }

    private bool MayChange(ImportHeading heading, string shown) =>
        !IsProtected(heading) && (options.OnMatch != ImportMatchAction.FillEmpty || shown.Length == 0);

    /// <summary>A name is one thing, whole or in parts, and so is another record by its name or its id.</summary>
    private bool IsProtected(ImportHeading heading) => _protected.Contains(heading.Name)
        || _protected.Contains(heading.Text.Trim())
        || (heading is { Field: null, Column: { } column } && _protected.Any(name => map.Find(name) is { } other
            && ((IsOfName(column) && IsOfName(other))
                || (column.Field == other.Field
                    && column.Kind is ColumnKind.RecordId or ColumnKind.RecordName or ColumnKind.RelatedId or ColumnKind.RelatedType
                    && other.Field is not null))));

    private void CheckReadOnly(ImportRow row, ImportHeading heading, object? cell, string shown, ICopperRecord? record, bool inUtc,
        RowResult result)
    {
        var column = heading.Column!;
        var isOwnExport = record is not null && IsOwnExport(row, record);

        // Id and DateModified tell which record and which version of it is meant.
        if (column.Name is "Id" or "DateModified" || (record is not null && IsSame(column, cell!, shown, inUtc)))
        {
            return;
        }

        if (column.IsServerSet && column.Name != "CompletedDate" && !(column.IsSetOnce && isOwnExport))
        {
            // The service may have changed it since the export.
            if (record is null || !isOwnExport || !IsOlder(row, record, inUtc))
            {
                result.Notes.Add($"{heading.Text} is not written. {column.WhyReadOnly}");
            }

            return;
        }

        if (record is null && column.Name == "Address")
        {
            throw CellReader.Reject(heading.Text, column.WhyReadOnly!, cell);
        }

        if (column.Name == "CompletedDate" && record is not null && IsOlder(row, record, inUtc))
        {
            return;
        }

        if (record is null && column.Kind != ColumnKind.CustomField)
        {
            result.Notes.Add($"{heading.Text} is not written. {column.WhyReadOnly}");
            return;
        }

        throw CellReader.Reject(
            heading.Text,
            $"'{CellText.Of(cell)}' differs from '{shown}', and nothing is written from this column. {column.WhyReadOnly}",
            cell);
    }

    private bool IsSame(Column column, object cell, string shown, bool inUtc)
    {
        try
        {
            if (column.Kind == ColumnKind.Time)
            {
                var difference = CellReader.Time(cell, inUtc) - CellReader.Time(shown, names.InUtc);
                return Math.Abs(difference.TotalSeconds) < 60;
            }

            return string.Equals(shown, CellText.Of(cell), StringComparison.OrdinalIgnoreCase)
                || CellReader.Number(cell) == CellReader.Number(shown);
        }
        catch (InputRejectedException)
        {
            return false;
        }
    }

    /// <summary>The row was exported before the record was modified.</summary>
    private bool IsOlder(ImportRow row, ICopperRecord record, bool inUtc)
    {
        try
        {
            return Cell(row, "DateModified") is { Length: > 0 } text
                && CopperEntities.GetPrimary(map.Entity).DatesOf(record).Modified is { } modified
                && CellReader.Time(text, inUtc).AddMinutes(text.Count(static c => c == ':') < 2 ? 1 : 0)
                    .ToUnixTimeSeconds() < modified.ToUnixTimeSeconds();
        }
        catch (InputRejectedException)
        {
            return false;
        }
    }

    /// <summary>The row shows the time of creation, which never changes, in UTC and not in local time.</summary>
    private bool IsUtc(ImportRow row, ICopperRecord? record)
    {
        if (record is null || CopperEntities.GetPrimary(map.Entity).DatesOf(record).Created is not { } created
            || Cell(row, "DateCreated") is not { Length: > 0 } text)
        {
            return false;
        }

        try
        {
            return CellReader.Time(text, inUtc: false).ToUnixTimeSeconds() != created.ToUnixTimeSeconds()
                && CellReader.Time(text, inUtc: true).ToUnixTimeSeconds() == created.ToUnixTimeSeconds();
        }
        catch (InputRejectedException)
        {
            return false;
        }
    }

    /// <summary>What the row shows in a column of the entity's own, as text; empty for nothing.</summary>
    private string Cell(ImportRow row, string column) =>
        headings.FirstOrDefault(heading => heading.Field is null && heading.Column?.Name == column) is { } heading
            ? CellText.Of(row[heading.Text]) : string.Empty;

    private object? PipelineOf(ImportRow row) =>
        headings.FirstOrDefault(static heading => heading.Column is { Field: "pipeline_id" }) is { } heading ? row[heading.Text] : null;

    private bool Shows(ImportRow row, string field, ColumnKind kind) => headings.Any(heading =>
        heading.Column is { } column && column.Field == field && column.Kind == kind && !CellReader.IsBlank(row[heading.Text]));

    /// <summary>
    /// The cell shows all items from its place on: in a file of whole records, and where no further column has some of them.
    /// </summary>
    private bool TakesRest(Column column, object? cell) => column.TakesRest
        && (cell is null || _isWhole)
        && !headings.Any(heading => heading.Field is null && heading.Column is { } other && other.Field == column.Field
            && other.Place > column.Place);

    private string? Category(ImportRow row, Column column) =>
        headings.FirstOrDefault(heading => heading.CategoryOf?.Name == column.Name) is { } heading
            && CellText.Of(row[heading.Text]) is { Length: > 0 } text ? text : null;

    private bool HasOtherCategory(ImportRow row, Column column, ICopperRecord record, object? cell) =>
        ContactPointList.IsShownIn(column)
        && Category(row, column) is { } category
        && CellReader.Items(cell) is { Length: 1 } only
        && ContactPointList.Of(record, column).FirstOrDefault(point => point.ToString() == only[0]) is { } point
        && !string.Equals(point.Category, category, StringComparison.OrdinalIgnoreCase);

    private bool IsEqual(string name, object? value, ICopperRecord? record) => RecordFields.AreEqual(
        name, value, record is null ? null : RecordFields.ImageOf(record, new JsonBody { [name] = value }, options.DateFormat)[name]);

    private object? FieldValue(ICopperRecord record, CopperCustomFieldDefinition field) =>
        record is ICustomFieldRecord { CustomFields: var list }
            && list.Find(value => value.DefinitionId == field.Id) is { } found ? catalog.ValueOf(found) : null;

    private void AddRelated(JsonBody body, ImportRow row, IReadOnlyList<(ImportHeading Heading, object? Cell)> edits, ICopperRecord? record)
    {
        if (!edits.Any(static edit => edit.Heading.Column!.Kind is ColumnKind.RelatedType or ColumnKind.RelatedId))
        {
            return;
        }

        var present = record switch
        {
            CopperTask task => task.RelatedResource,
            CopperProject project => project.RelatedResource,
            _ => null,
        };
        var type = Cell(row, "RelatedType") is { Length: > 0 } shown ? shown : present?.Type;
        var allowed = CopperEntities.GetPrimary(map.Entity).RelatedEntities;
        var entity = CopperEntities.FindPrimary(type);
        var id = Cell(row, "RelatedId");
        if ((entity is null || !allowed.Contains(entity.Name)) && (id.Length > 0 || type is { Length: > 0 }))
        {
            throw CellReader.Reject("RelatedType", $"'{type}' is not one of: {string.Join(", ", allowed)}.", type);
        }

        if (id.Length == 0)
        {
            body["related_resource"] = edits.All(static edit => edit.Heading.Column!.Kind != ColumnKind.RelatedType || edit.Cell is null)
                ? null
                : throw CellReader.Reject("RelatedId", "it is empty, and RelatedType alone does not tell which record is meant.", null);
            return;
        }

        if (present is { Id: > 0, Type: { Length: > 0 } former }
            && id == present.Id.ToString(CultureInfo.InvariantCulture)
            && !string.Equals(former, entity!.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw CellReader.Reject(
                "RelatedType",
                $"it was edited to '{type}', and RelatedId {id} is still the id of the {former}. Give the id of the {type} too.",
                type);
        }

        try
        {
            body["related_resource"] = new JsonBody { ["id"] = CellReader.Id(id), ["type"] = entity!.Name };
        }
        catch (InputRejectedException rejection)
        {
            throw CellReader.Reject("RelatedId", rejection.Message, id);
        }
    }
}
