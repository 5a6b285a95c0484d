using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// Converts single cells to the values of request bodies. Names are resolved to ids; unknown and ambiguous ones are rejected.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="entity">The entity, in the API's singular word.</param>
/// <param name="companies">The companies that rows name.</param>
/// <param name="options">How rows are read.</param>
internal sealed class CellConverter(
    CopperClient client, string entity, CompanyNames companies, ImportOptions options)
{
    private readonly NameResolver _names = new(client.Metadata);
    private readonly CustomFieldResolver _fields = new(client.Metadata, entity);

    /// <summary>The number of the row that is read, from 1.</summary>
    public int Row { get; set; }

    /// <summary>The value of a cell that is not blank, for a field of its own.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="record">The record of the row; null for a new one.</param>
    /// <param name="pipeline">For a stage: the name or id of the pipeline that the row shows; null when it shows none.</param>
    /// <param name="inUtc">The row shows moments in UTC.</param>
    /// <param name="cancellationToken">Ends the look-up of names.</param>
    /// <exception cref="InputRejectedException">The cell cannot be taken.</exception>
    public async Task<object?> ValueAsync(
        Column column, object cell, ICopperRecord? record, object? pipeline, bool inUtc, CancellationToken cancellationToken)
    {
        return column.Kind switch
        {
            ColumnKind.Number => CellReader.Number(cell),
            ColumnKind.WholeNumber => CellReader.WholeNumber(cell),
            ColumnKind.Percentage => CellReader.WholeNumber(cell) is var share and >= 0 and <= 100
                ? share
                : throw CellReader.Reject($"'{CellText.Of(cell)}' is no percentage from 0 to 100.", cell),
            ColumnKind.Day => CellReader.Day(cell).ToString(options.DateFormat, CultureInfo.InvariantCulture),
            ColumnKind.Time => Time(column, cell, record, inUtc),
            ColumnKind.Tags => Tags(cell, (record as ITaggedRecord)?.Tags),
            ColumnKind.RecordId => CellReader.Id(cell),
            ColumnKind.RecordName => CompanyId(cell),
            ColumnKind.ListName when column.List == NameList.PipelineStages =>
                await StageIdAsync(cell, record, pipeline, cancellationToken).ConfigureAwait(false),
            ColumnKind.ListName => await ListIdAsync(WordOf(column.List), cell, cancellationToken).ConfigureAwait(false),
            _ => Text(column, Checked(column, CellReader.Text(cell))),
        };
    }

    /// <summary>A text, if it is none that a spreadsheet or a wrong encoding has spoilt.</summary>
    /// <exception cref="InputRejectedException">It is.</exception>
    public static string Checked(Column column, string text) =>
        CellCheck.ProblemOfText(text, isNote: column.Name == "Details") is { } problem ? throw CellReader.Reject(problem, text) : text;

    /// <summary>The value of a custom field; null and a blank cell clear it.</summary>
    /// <exception cref="InputRejectedException">The field's type does not take the cell.</exception>
    public Task<object?> FieldValueAsync(CopperCustomFieldDefinition definition, object? cell, CancellationToken cancellationToken)
    {
        var value = cell is string ? CellReader.Text(cell) : cell;
        if (value is string text && CellCheck.ProblemOfText(text, definition.DataType == CustomFieldTypes.LongText) is { } problem)
        {
            throw CellReader.Reject(problem, cell);
        }

        if (definition.DataType != CustomFieldTypes.MultiSelect)
        {
            CellReader.CheckIsOne(value);
        }

        // A label may hold the semicolon that separates labels.
        return _fields.ValueAsync(
            definition,
            definition.DataType == CustomFieldTypes.MultiSelect && value is string { Length: > 0 } labels
                ? CellReader.Items(labels, definition.Options.Select(static option => option.Name))
                : value,
            cancellationToken);
    }

    private static string[] Tags(object cell, IEnumerable<string>? present)
    {
        var tags = CellReader.Items(SpreadsheetText.Restore(cell), present);
        if (tags.Select(static tag => CellCheck.ProblemOfText(tag)).FirstOrDefault(static problem => problem is not null) is { } problem)
        {
            throw CellReader.Reject(problem, cell);
        }

        return cell is string && CellCheck.TagWithComma(tags, present) is { } comma
            ? throw CellReader.Reject(
                $"tags are separated by semicolons, and '{comma.Tag}' has a comma. Write '{comma.Several}'. A tag with a comma in it can "
                    + $"be added by {Advice.Give(Advice.AddTag, "an update of the record")}.",
                cell)
            : tags;
    }

    private static string Text(Column column, string text) => column.Words.Count == 0
        ? text
        : column.Words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            ?? throw CellReader.Reject($"'{text}' is not one of: {string.Join(", ", column.Words)}.", text);

    /// <summary>
    /// A spreadsheet leaves the seconds out when it writes a moment, and the hour that the end of daylight saving doubles can be read as
    /// two moments: where the record shows the same on the clock, its moment is the same.
    /// </summary>
    private DateTimeOffset Time(Column column, object cell, ICopperRecord? record, bool inUtc)
    {
        var time = CellReader.Time(cell, inUtc);
        return cell is string text
            && record is not null
            && RecordFields.ValueOf(record, column.Field!, options.DateFormat) is DateTimeOffset present
            && IsShown(text, time, present, inUtc)
                ? present
                : time;
    }

    private static bool IsShown(string text, DateTimeOffset time, DateTimeOffset present, bool inUtc)
    {
        var unit = text.Count(static c => c == ':') < 2 ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerSecond;
        return time.UtcTicks / unit == present.UtcTicks / unit
            || (!inUtc && text.IndexOfAny(['+', 'Z', 'z']) < 0
                && TimeZoneInfo.Local.IsAmbiguousTime(time.LocalDateTime)
                && time.LocalDateTime.Ticks / unit == present.LocalDateTime.Ticks / unit);
    }

    private long CompanyId(object cell)
    {
        var name = CellReader.Text(cell);
        var found = companies.Find(name);
        if (found.Count == 0 && companies.Unreadable is null)
        {
            companies.NoteMissing(name, Row);
        }

        return found.Count switch
        {
            1 => found[0],
            0 when companies.Unreadable is { } unreadable => throw new InputRejectedException(
                InputRejection.UnknownName,
                $"whether there is a company '{name}' cannot be told: {unreadable} Nothing is written for the row.",
                cell),
            0 when companies.Creates => companies.PlannedIdOf(name),
            0 => throw new InputRejectedException(
                InputRejection.UnknownName,
                $"there is no company '{name}'. {Advice.Give(Advice.CreateCompanies, "Set CreatesCompanies")} to create it, import the "
                    + "companies first, or leave the cell empty.",
                cell),
            _ => throw new InputRejectedException(
                InputRejection.AmbiguousName,
                $"several companies are called '{name}': {string.Join(", ", found)}. Add a column CompanyId with the id of the one that "
                    + "is meant.",
                cell),
        };
    }

    private async Task<object?> StageIdAsync(object cell, ICopperRecord? record, object? pipeline, CancellationToken cancellationToken)
    {
        var present = record as CopperOpportunity;
        var id = CellReader.IsBlank(pipeline)
            ? present?.PipelineId
            : await ListIdAsync(CopperEntityNames.Pipeline, pipeline!, cancellationToken).ConfigureAwait(false);
        var name = CellReader.Text(cell);
        try
        {
            return (await _names.FindStagesAsync(name, null, cell, cancellationToken).ConfigureAwait(false))
                .In(id, id == present?.PipelineId ? record : null).Id;
        }
        catch (InputRejectedException rejection) when (rejection.Reason == InputRejection.UnknownName)
        {
            bool IsMeant(AccountItem item) => id is null || item.PipelineId == id;
            if (await FindByIdAsync(CopperEntityNames.PipelineStage, name, IsMeant, cancellationToken).ConfigureAwait(false) is { } known)
            {
                return known;
            }

            throw;
        }
    }

    private async Task<long> ListIdAsync(string word, object cell, CancellationToken cancellationToken)
    {
        var name = CellReader.Text(cell);
        try
        {
            return await _names.ResolveAsync(name, word, cell, null, cancellationToken).ConfigureAwait(false);
        }
        catch (InputRejectedException rejection) when (rejection.Reason == InputRejection.UnknownName)
        {
            if (await FindByIdAsync(word, name, static _ => true, cancellationToken).ConfigureAwait(false) is { } known)
            {
                return known;
            }

            throw;
        }
    }

    /// <summary>An id stands for the name, as in an export that could not read the list.</summary>
    private async Task<long?> FindByIdAsync(
        string word, string text, Func<AccountItem, bool> isMeant, CancellationToken cancellationToken) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && (await AccountList.Find(client.Metadata, word)!.GetAsync(cancellationToken).ConfigureAwait(false))
            .Any(item => item.Id == id && isMeant(item))
            ? id
            : null;

    private static string WordOf(NameList list) => list switch
    {
        NameList.Users => CopperEntityNames.User,
        NameList.ContactTypes => CopperEntityNames.ContactType,
        NameList.CustomerSources => CopperEntityNames.CustomerSource,
        NameList.LossReasons => CopperEntityNames.LossReason,
        NameList.LeadStatuses => CopperEntityNames.LeadStatus,
        NameList.Pipelines => CopperEntityNames.Pipeline,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "Nothing is written by the names of this list."),
    };
}
