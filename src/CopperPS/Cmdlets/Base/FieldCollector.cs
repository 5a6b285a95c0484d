using System.Collections;
using System.Globalization;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Turns the bound parameters of one item into fields, and into steps that depend on the record as it stands; or into one
/// <see cref="InputRejectedException"/>. It writes nothing.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="cmdlet">Whose parameters these are.</param>
/// <param name="bound">Which of them are specified.</param>
/// <param name="account">Resolves names.</param>
/// <param name="entity">The kind of record.</param>
/// <param name="item">The current item.</param>
/// <param name="kind">What is done with the record.</param>
/// <param name="property">Members in the API's own spelling.</param>
internal sealed class FieldCollector<T>(
    object cmdlet, BoundParameters bound, AccountLookup account, CopperEntity entity, WriteItem item, WriteKind kind, Hashtable property)
    where T : class, ICopperRecord
{
    private readonly Dictionary<string, IReferenceRule<T>> _rules = [];
    private readonly List<(string Column, string Advice)> _unwritten = [];
    private bool _pipedRecordIsTaken;
    private Hashtable? _property;

    /// <summary>What the record is to have: the fields of a PersonCreate, a PersonUpdate or the like.</summary>
    public JsonBody Fields { get; } =
        kind == WriteKind.Create ? TypedRecords.NewRecord<T>().Fields : TypedRecords.NewChanges<T>().Fields;

    /// <summary>What depends on the record as it stands.</summary>
    public List<ReadModifyWriteStep<T>> Steps { get; } = [];

    /// <summary>How the fields are shown to the user.</summary>
    public ChangeDescription Description { get; } = new(account.Client, account.Related, account.ItemsForPreview);

    public AccountLookup Account => account;

    public CopperEntity Entity => entity;

    public WriteItem Item => item;

    public RecordRow? Row => item.Row;

    public CopperReference? PipedRecord => item.Record;

    /// <summary>Members in the API's own spelling, with what their script blocks return.</summary>
    public Hashtable Property => _property ??= Run(property, nameof(Property))!;

    public WriteKind Kind => kind;

    public bool IsUpdate => kind == WriteKind.Update;

    /// <summary>The row shows the record as this module exported it, so that most cells are as they were.</summary>
    public bool ShowsWholeRecord => Row is { ShowsWholeRecord: true };

    /// <summary>The columns that nobody can write, where a warning tells of them.</summary>
    public UnwrittenColumns? Unwritten { get; init; }

    /// <summary>What -WhatIf and -Confirm call a new record, where its name does not tell.</summary>
    public string? Target { get; set; }

    public bool IsSpecified(string parameter, object? value) => bound.Contains(parameter, value, PipedRecord?.Source);

    /// <summary>The value comes from a column of the row, not from the command line.</summary>
    public bool IsFromRow(string parameter, object? value) => Row is not null && !WasTyped(parameter) && IsSpecified(parameter, value);

    public bool WasTyped(string parameter) => bound.WasTyped(parameter);

    /// <summary>A hashtable of a parameter with what its script blocks return for the current item.</summary>
    public Hashtable? Run(Hashtable? table, string parameter) => bound.Run(table, parameter, item.Given);

    /// <summary>The member is given already, by a parameter or in -Property.</summary>
    public bool IsGiven(string field) => Fields.Contains(field) || property.ContainsKey(field);

    /// <summary>Resolves names of an entity by a rule of its own.</summary>
    public void AddRule(string referencedEntity, IReferenceRule<T> rule) => _rules[referencedEntity] = rule;

    /// <summary>A column in which a record shows what is not written from it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="advice">What to do instead: the second half of a sentence.</param>
    public void AddUnwritten(string column, string advice) => _unwritten.Add((column, advice));

    /// <summary>
    /// The piped record is what a field of the new one points to. It may be given by a script block instead, and not by a value.
    /// </summary>
    /// <param name="pipedEntity">What the record must be.</param>
    /// <param name="field">The field.</param>
    /// <param name="parameter">The parameter of the field.</param>
    public void TakePipedRecord(string pipedEntity, string field, string parameter)
    {
        if (kind == WriteKind.Create && PipedRecord is { } record && record.EntityType == pipedEntity)
        {
            RejectSecond(record, field, parameter);
            account.Own(record);
            _pipedRecordIsTaken = true;
            if (!IsGiven(field))
            {
                Fields[field] = RequestValueConverter.IdOf(record, pipedEntity);
            }
        }
    }

    /// <summary>The new record belongs to the piped one, whatever that is. That may be given by a script block instead.</summary>
    public void TakePipedRecord(string field, string parameter, Func<CopperReference, JsonBody?> pointTo)
    {
        if (kind == WriteKind.Create && PipedRecord is { } record)
        {
            RejectSecond(record, field, parameter);
            _pipedRecordIsTaken = true;
            account.Note(account.Own(record), null);
            if (!IsGiven(field))
            {
                Fields[field] = pointTo(record);
            }
        }
    }

    /// <summary>Two records are given for the same: one by the pipeline, which would be dropped, and one by a parameter.</summary>
    /// <exception cref="InputRejectedException">There are two.</exception>
    public void RejectSecond(CopperReference piped, string field, string parameter)
    {
        if (bound.IsConstant(parameter) || property.ContainsKey(field))
        {
            var other = bound.IsConstant(parameter) ? $"-{parameter}" : $"'{field}' in -Property";
            throw new InputRejectedException(
                InputRejection.Invalid,
                $"{piped} is piped, and {other} names what the {entity} belongs to as well: there can be only one. Nothing was sent. Leave "
                    + $"{other} out, or pipe nothing.",
                piped.Source) { IsOfEveryRecord = true };
        }
    }

    /// <summary>Adds every parameter that stands for a field by itself.</summary>
    public void AddParameters()
    {
        foreach (var entry in ParameterMap<FieldAttribute>.Of(cmdlet.GetType()))
        {
            var value = entry.ValueOf(cmdlet);
            if (Row is not null && entry.Attribute.Entity is not null && !WasTyped(entry.Parameter))
            {
                AddReference(entry, value);
            }
            else if (IsSpecified(entry.Parameter, value) && !IsMerged(entry, value))
            {
                AddUnlessShown(entry.Parameter, value, () => Add(entry, value));
            }
        }
    }

    /// <summary>Adds the last part: the record that is piped, raw members, and the checks of columns that are not written.</summary>
    /// <param name="commandName">The cmdlet, for messages.</param>
    public void Complete(string commandName)
    {
        if (kind == WriteKind.Create && PipedRecord is { } record && !_pipedRecordIsTaken)
        {
            throw RequestValueConverter.Reject(
                $"{record} is {EntityWords.WithArticle(record.EntityType!)}, and nothing tells what it should be to a new {entity}. "
                    + "Nothing was "
                    + "sent: the properties of a record that is piped are not copied. To create from some of them, select these: "
                    + $"Select-Object Name, Details | {commandName}",
                record.Source);
        }

        foreach (var member in DictionaryEntries.Of(Property))
        {
            var name = RequestValueConverter.KeyOf(member);
            if (Fields.Contains(name))
            {
                throw RequestValueConverter.Reject($"'{name}' is given twice: by its parameter and in -Property.", property);
            }

            Fields[name] = RequestValueConverter.Raw(member.Value);
        }

        if (Row is { } row)
        {
            if (IsUpdate)
            {
                Steps.InsertRange(0, RowTimes.StepsOf<T>(row, Fields, ShowsWholeRecord));
            }

            if (IsUpdate && ShowsWholeRecord)
            {
                _unwritten.AddRange(ShownColumns.NeverWritten
                    .Where(column => RecordProperties.Find(typeof(T), column) is not null
                        && _unwritten.All(other => other.Column != column))
                    .Select(static column => (column, "leave the cell as it was, or the column out.")));
            }

            Steps.AddRange(_unwritten
                .Where(shown => row[shown.Column] is string or ValueType)
                .Select(shown => ShownColumns.Check<T>(row, shown.Column, shown.Advice, account)));
        }
    }

    /// <summary>
    /// The record that a row names as the one that the record belongs to: by RelatedType and RelatedId, or as a record shows it:
    /// person 7.
    /// </summary>
    /// <param name="column">The record's own property.</param>
    public CopperReference? RelatedInRow(string column) => Row switch
    {
        null => null,
        { } row when row["RelatedId"] is { } id => CopperReference.From(id),
        { } row when row[column] is { } cell => cell is string text ? CopperReference.FromPointer(text) : CopperReference.From(cell),
        _ => null,
    };

    /// <summary>What stands in the column of a row that is named after the field: CompanyId for company_id.</summary>
    public CopperReference? IdInRow(string field, string parameter)
    {
        var column = RecordDifferences.PropertyOf(field);
        return !string.Equals(column, parameter, StringComparison.OrdinalIgnoreCase)
            && Row?[column] is { } cell ? CopperReference.From(cell) : null;
    }

    /// <summary>The id that a row means: by its column of ids, of names, or both. It is resolved when the record is known.</summary>
    /// <param name="referenced">The entity that is pointed to.</param>
    /// <param name="field">The member of the record.</param>
    /// <param name="id">The cell with the id; null for none.</param>
    /// <param name="name">The cell with the name; null for none.</param>
    /// <param name="label">The column, where the id beside the name is to be shown when it counts: the step and its word.</param>
    public Func<T, CancellationToken, Task<long?>> ReferenceInRow(
        string referenced, string field, CopperReference? id, CopperReference? name, (string Step, string Word)? label = null)
    {
        var given = id is null ? (long?)null : RequestValueConverter.IdOf(account.Own(id), referenced);
        var rule = _rules.TryGetValue(referenced, out var found) ? found : null;
        return async (present, token) =>
        {
            var current = PresentId(present, field);
            if ((given is not null && given != current) || name is null)
            {
                if (label is { } shown)
                {
                    // The name in the row is that of the record as it was.
                    Description.Note(shown.Step, shown.Word, id, referenced);
                }

                return given;
            }

            if (current is { } known
                && (name.Id == known || await IsCalledAsync(present, referenced, known, name, token).ConfigureAwait(false)))
            {
                return known;
            }

            // Of several records of one name the present one is meant.
            if (current is { } own && name is { Id: null, Name: { Length: > 0 } text } && CopperEntities.FindPrimary(referenced) is not null
                && (await account.Records.IdsOfAsync(text, referenced, token).ConfigureAwait(false)).Contains(own))
            {
                return own;
            }

            var resolved = rule is null
                ? await account.ResolveAsync(name, referenced, token).ConfigureAwait(false)
                : await rule.ResolveAsync(name, present, token).ConfigureAwait(false);
            return RequestValueConverter.IdOf(resolved, referenced);
        };
    }

    /// <summary>
    /// The warning that the record was modified since the row was exported, with the values that the row brings back, and of edited cells
    /// that nobody can write; null when there is no cause for it.
    /// </summary>
    /// <param name="body">The fields that are sent.</param>
    /// <param name="steps">The fields that are sent by requests of their own.</param>
    /// <param name="present">The record as it stands.</param>
    public string? WarningOfRow(JsonBody body, IReadOnlyCollection<string> steps, T present)
    {
        var warnings = new[] { WarningOfOldRow(body, steps, present), Row is { } row ? Unwritten?.WarningOf(row, present) : null };
        return warnings.All(static warning => warning is null)
            ? null
            : string.Join(" ", warnings.Where(static warning => warning is not null));
    }

    private string? WarningOfOldRow(JsonBody body, IReadOnlyCollection<string> steps, T present)
    {
        if (Row is not { } row || RowTimes.OlderVersion(row, present) is not { } versions)
        {
            return null;
        }

        var columns = body.Names.Where(name => !property.ContainsKey(name))
            .SelectMany(name => name == "address" && body[name] is CopperAddress address && present is IAddressedRecord addressed
                ? RecordDifferences.PartsThatDiffer(address, addressed.Address)
                : Description.LabelsOf(name, body[name]))
            .Concat(steps.SelectMany(step => Description.LabelsOf(step, null)))
            .Where(label => !WasTyped(label))
            .Distinct()
            .ToArray();
        return columns.Length == 0
            ? null
            : $"{entity} {present.Id} was modified after this row was exported ({ShowTime(versions.Present)}, in the row "
                + $"{ShowTime(versions.Shown)}); the values of the row replace: {string.Join(", ", columns)}.";
    }

    /// <summary>The custom fields that are collected so far, by their labels, each with its value as it is sent.</summary>
    public IEnumerable<(string Label, object? Value)> CustomFieldCells() =>
        Fields.Contains("custom_fields") && Fields["custom_fields"] is IEnumerable<object> items
            ? items.OfType<JsonBody>().Select(item => (
                Description.LabelsOf("custom_fields", new object[] { item }).FirstOrDefault() ?? string.Empty, (object?)item["value"]))
            : [];

    private static string ShowTime(DateTimeOffset time) =>
        time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A row shows some of what a record has several of, and removes nothing that it does not show: that is a step.</summary>
    private bool IsMerged(ParameterMap<FieldAttribute>.Entry entry, object? value) =>
        IsUpdate && (value is CopperContactPoint or CopperContactPoint[]) && IsFromRow(entry.Parameter, value);

    /// <summary>
    /// Adds a value. When a cell of a row is rejected, the record may have that very value: then nobody edited it, and it is left alone.
    /// </summary>
    public void AddUnlessShown(string column, object? value, Action add)
    {
        try
        {
            add();
        }
        catch (InputRejectedException rejection) when (IsUpdate && IsFromRow(column, value) && Row![column] is { } cell)
        {
            RejectUnless(present => ShownColumns.IsShown(Row, column, cell, present), rejection);
        }
    }

    /// <summary>Rejects the row once the record is read, unless the record shows that nobody edited the cell.</summary>
    public void RejectUnless(Func<T, bool> isShown, InputRejectedException rejection) => Steps.Add(new ReadModifyWriteStep<T>(string.Empty)
    {
        AddFields = (_, present) =>
        {
            if (!isShown(present))
            {
                throw rejection;
            }
        },
    });

    private void Add(ParameterMap<FieldAttribute>.Entry entry, object? value)
    {
        if (ContactPointCheck.ProblemOf(value) is { } problem)
        {
            throw RequestValueConverter.Reject(problem, value?.ToString());
        }

        CheckText(entry.Parameter, value);
        if (value is DateTimeOffset date)
        {
            RequestValueConverter.CheckDate(entry.Parameter, date);
        }

        if (value is not null && entry.Check?.Problem(value) is { } fault)
        {
            throw RequestValueConverter.Reject($"-{entry.Parameter} '{VisibleText.Of(value.ToString()!)}' {fault}", value);
        }

        var (field, referenced) = (entry.Attribute.Name, entry.Attribute.Entity);
        value = value is string text && IsFromRow(entry.Parameter, value) ? SpreadsheetText.Restore(text) : value;
        value = entry.Known(value, word => $"write it with -Property @{{ {field} = {word} }}.");
        Description.Note(field, entry.Parameter, value, referenced);
        if (referenced is not null && value is CopperReference reference)
        {
            AddResolved(field, referenced, reference);
        }
        else
        {
            Fields[field] = RequestValueConverter.OfField(value, entry.Property.PropertyType, referenced);
        }
    }

    /// <summary>A text of a row that a spreadsheet or a wrong encoding has spoilt is rejected.</summary>
    public void CheckText(string column, object? value)
    {
        if (value is not string text || !IsFromRow(column, value))
        {
            return;
        }

        if (CellCheck.ProblemOfText(text, isNote: column == "Details") is { } problem)
        {
            throw RequestValueConverter.Reject($"The column {column}: {VisibleText.Of(problem)}", text);
        }

        RejectLostZeros(column, text, present => RecordProperties.ValueOf(present, column) as string);
    }

    /// <summary>
    /// An amount below zero is sent, since some keep their losses so, and warned of: often the sign is a slip. What a row of an update
    /// shows may be what the record has.
    /// </summary>
    public void WarnOfNegative(CopperCmdlet shownBy, string parameter, decimal? amount)
    {
        if (amount is < 0 && IsSpecified(parameter, amount) && !(IsUpdate && IsFromRow(parameter, amount)))
        {
            shownBy.WarnOnce($"-{parameter} {amount.Value.ToString(CultureInfo.InvariantCulture)} is negative.");
        }
    }

    /// <summary>Rejects the row once the record is read, if a spreadsheet has dropped the zeros before its digits.</summary>
    public void RejectLostZeros(string column, string text, Func<T, string?> shown)
    {
        if (!IsUpdate || text.Length == 0 || !text.All(static c => c is >= '0' and <= '9'))
        {
            return;
        }

        Steps.Add(new ReadModifyWriteStep<T>(string.Empty)
        {
            AddFields = (_, present) =>
            {
                if (shown(present) is { } known && CellCheck.HasLostZeros(text, known))
                {
                    throw RequestValueConverter.Reject($"The column {column}: {CellCheck.LostZeros(text, known)}", text);
                }
            },
        });
    }

    private void AddResolved(string field, string referenced, CopperReference reference)
    {
        account.Own(reference);
        if (!_rules.TryGetValue(referenced, out var rule))
        {
            Fields[field] = RequestValueConverter.OfField(account.Resolve(reference, referenced), typeof(CopperReference), referenced);
        }
        else if (rule.TryResolve(reference, out var id))
        {
            Fields[field] = id;
        }
    }

    /// <summary>
    /// A reference in a row stands in up to two columns: CompanyId and Company. The id counts, unless it is the record's own and the
    /// name is not: then the name was edited.
    /// </summary>
    private void AddReference(ParameterMap<FieldAttribute>.Entry entry, object? value)
    {
        var (field, referenced) = (entry.Attribute.Name, entry.Attribute.Entity!);
        var id = IdInRow(field, entry.Parameter);
        var name = IsSpecified(entry.Parameter, value) ? value as CopperReference : null;
        if ((id ?? name) is not { } reference)
        {
            return;
        }

        Description.Note(field, entry.Parameter, name ?? id, referenced);
        if (IsUpdate && name is not null && (id is not null || IsOnlyName(name, referenced)))
        {
            var find = ReferenceInRow(referenced, field, id, name, (field, entry.Parameter));
            Steps.Add(new ReadModifyWriteStep<T>(field)
            {
                AddFieldsAsync = async (body, present, token) =>
                {
                    var wanted = await find(present, token).ConfigureAwait(false);
                    if (wanted != PresentId(present, field))
                    {
                        body[field] = wanted;
                    }
                },
            });
        }
        else
        {
            AddResolved(field, referenced, reference);
        }
    }

    /// <summary>
    /// A name that the account has no list for, or more than one item of: only the record as it stands tells whether it was edited.
    /// </summary>
    private bool IsOnlyName(CopperReference name, string referenced)
    {
        if (string.IsNullOrEmpty(name.Name) || !AccountList.Entities.Contains(referenced))
        {
            return !string.IsNullOrEmpty(name.Name);
        }

        try
        {
            return _rules.TryGetValue(referenced, out var rule) ? rule.TryResolve(name, out _)
                && false : account.Resolve(name, referenced).Id is null;
        }
        catch (InputRejectedException rejection) when (rejection.Reason == InputRejection.AmbiguousName)
        {
            return true;
        }
    }

    private async Task<bool> IsCalledAsync(
        T present, string referenced, long id, CopperReference name, CancellationToken cancellationToken) =>
        (referenced == CopperEntities.Company.Name
            && string.Equals(
                RecordProperties.ValueOf(present, "CompanyName") as string, name.Name, StringComparison.OrdinalIgnoreCase))
        || await account.Names.IsCalledAsync(referenced, id, name.Name ?? string.Empty, cancellationToken).ConfigureAwait(false);

    private static long? PresentId(T present, string field) =>
        RecordProperties.ValueOf(present, RecordDifferences.PropertyOf(field)) as long?;
}
