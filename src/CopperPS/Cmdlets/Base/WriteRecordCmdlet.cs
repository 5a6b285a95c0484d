using System.Collections;
using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// What New and Set of one entity share: the parameters that are fields, declared once, and how they become a body. A leaf
/// calls <see cref="Create"/> or <see cref="Update"/>.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public abstract partial class WriteRecordCmdlet<T> : ItemCmdlet
    where T : class, ICopperRecord
{
    private readonly List<ReadModifyWriteStep<T>> _lookUps = [];
    private BoundParameters? _given;

    private protected WriteRecordCmdlet()
    {
    }

    /// <summary>Fields in the API's own spelling, for what has no parameter.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Property { get; set; } = [];

    private protected abstract RecordEndpoint<T> Endpoint { get; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _given = new BoundParameters(MyInvocation);
    }

    /// <summary>The present item of the pipeline, when it is a record: only what was typed is meant, and the record itself.</summary>
    private protected CopperReference? PipedRecord { get; private set; }

    /// <summary>The present item of the pipeline, when it is a row: its columns are meant.</summary>
    private protected RecordRow? Row { get; private set; }

    /// <summary>Records are changed, not created.</summary>
    private protected bool IsUpdate { get; set; }

    private protected bool IsSpecified(string parameter, object? value) => _given!.Contains(parameter, value, PipedRecord?.Source);

    /// <summary>A parameter's value comes from a column of the row, not from the command line.</summary>
    private protected bool IsFromRow(string parameter, object? value) => Row is not null && !WasTyped(parameter) && IsSpecified(parameter, value);

    private protected bool WasTyped(string parameter) => _given!.WasTyped(parameter);

    /// <summary>Fields that need more than one parameter, or more thought.</summary>
    private protected virtual void AddFields(JsonBody fields)
    {
    }

    /// <summary>The next record to change is taken.</summary>
    private protected virtual void BeginItem(CopperReference? item)
    {
    }

    /// <summary>Changes of the present item that can only be made knowing the record as it stands.</summary>
    private protected virtual IEnumerable<ReadModifyWriteStep<T>> ReadModifyWriteSteps() => _lookUps;

    /// <summary>What a new record has to do with the record that the pipeline brought. The record's own properties are never taken.</summary>
    private protected virtual void AddPipedRecord(JsonBody fields, CopperReference record) => throw RequestValueConverter.Reject(
        $"{record} is {EntityWords.WithArticle(record.EntityType!)}, and nothing tells what it should be to a new {Endpoint.Entity}. Nothing was sent: the properties of a record that is piped are not copied. To create from some of them, select these: Select-Object Name, Details | {MyInvocation.MyCommand.Name}",
        record.Source);

    /// <summary>The parameter's value is made by the leaf, knowing the record as it stands.</summary>
    private protected virtual bool IsChangeOfPresent(string parameter) => false;

    /// <summary>What an update does, for -WhatIf and -Confirm.</summary>
    private protected virtual string Describe(IEnumerable<string> changes) => "Set " + string.Join(", ", changes.Select(Label));

    /// <summary>What -WhatIf and -Confirm call a field.</summary>
    private protected virtual string Label(string field) => field;

    /// <summary>What -WhatIf and -Confirm call a record that is to be made.</summary>
    private protected virtual string TargetOfNew(JsonBody fields) => fields.Contains("name") && fields["name"] is { } name ? $"{Endpoint.Entity} '{name}'" : $"new {Endpoint.Entity}";

    /// <summary>Makes one record of the parameters and writes it as the service returned it.</summary>
    private protected void Create()
    {
        TakeInput();
        if (!HasKnownProperty() || !TryBuild(out var fields, NewRecordSuffix()))
        {
            return;
        }

        var name = fields.Contains("name") ? fields["name"] : null;
        if (ShouldProcess(TargetOfNew(fields), $"Create with {string.Join(", ", fields.Names.Select(Label))}"))
        {
            Submit(new RecordWrite<T>(null, fields, [], Given ?? name, output: true));
        }
    }

    /// <summary>Tells apart what the pipeline brought: a record, or a row.</summary>
    private protected void TakeInput()
    {
        var reference = Input is { } input ? CopperReference.From(input) : null;
        PipedRecord = reference is { IsRecord: true } ? reference : null;
        Row = RecordRow.From(Input);
    }

    /// <summary>
    /// For a command that finds its record by what a row says: a record has an id by which Set changes it, and one of another kind, or
    /// a row that shows one, is no such row. Columns that were selected are.
    /// </summary>
    private protected void RefuseRecords()
    {
        if (Input is not { } input)
        {
            return;
        }

        var reference = CopperReference.From(input);
        var (entity, command) = (Endpoint.Entity.Name, MyInvocation.MyCommand.Name);
        var select = $"To write some of its properties, select these: Select-Object Name, Email | {command}";
        if (reference.EntityType is { } kind
            && !string.Equals(kind, entity, StringComparison.OrdinalIgnoreCase)
            && (reference.IsRecord || reference.Id is not null || Row is { ShowsWholeRecord: true }))
        {
            throw new InputRejectedException(ErrorRecords.Invalid(
                $"{reference} is {EntityWords.WithArticle(kind)}, not a row of {EntityWords.WithArticle(entity)}. Nothing was sent. {select}",
                reference.Source,
                "CopperEntityMismatch"));
        }

        if (PipedRecord is not null)
        {
            throw RequestValueConverter.Reject(
                $"{reference} is a record, whose properties are not copied. Nothing was sent. Set-Copper{EntityWords.ToNoun(entity)} changes it by its id. {select}",
                reference.Source);
        }
    }

    /// <summary>What the pipeline brought is of use; otherwise that was said.</summary>
    private protected bool HasKnownProperty()
    {
        if (Input is not { } row || PipedRecord is not null)
        {
            return true;
        }

        if (PipelineRow.SaysAnything(row, MyInvocation))
        {
            var source = PSObject.AsPSObject(row);
            if (!RecordRow.IsForeign(source))
            {
                return true;
            }

            Reject(ErrorRecords.Invalid($"'{row}' is an object of the type {source.BaseObject.GetType().FullName}, which is no row of a table, so that no {Endpoint.Entity} is made of it. If its properties are meant, select them: Select-Object Name | {MyInvocation.MyCommand.Name}", row));
            return false;
        }

        Reject(ErrorRecords.Invalid($"The input '{row}' has none of the properties that make {EntityWords.WithArticle(Endpoint.Entity.Name)}: {string.Join(", ", PipelineRow.Taken(MyInvocation).OrderBy(static name => name, StringComparer.Ordinal))}. Give objects that have some, such as the rows of a CSV file.", row));
        return false;
    }

    /// <summary>Changes the given fields of each record.</summary>
    private protected void Update(IReadOnlyCollection<CopperReference?> references, bool passThru)
    {
        foreach (var reference in references)
        {
            BeginItem(reference);
            IsUpdate = true;
            PipedRecord = reference is { IsRecord: true } && !WasTyped("Id") ? reference : null;
            Row = WasTyped("Id") || ParameterMap<FieldAttribute>.Of(GetType()).Count == 0 ? null : RecordRow.From(reference?.Source);
            _updated = reference;
            try
            {
                var found = IdentifiedItem(reference, Endpoint.Entity.Name);
                var id = RequestValueConverter.IdOf(found, Endpoint.Entity.Name);
                UpdateOne(id, found, passThru, IsOneOfMany(references) ? $"The {Endpoint.Entity} {id} was not changed." : null);
            }
            catch (InputRejectedException refusal)
            {
                Reject(refusal.Record);
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                Reject(exception, reference?.Source);
            }
        }
    }

    private void UpdateOne(long id, CopperReference reference, bool passThru, string? said)
    {
        if (!TryBuild(out var fields, said) || !TryGetChanges(out var changes, said))
        {
            return;
        }

        if (fields.Count > 0 && changes.Length == 0 && Row is { ShowsWholeRecord: true })
        {
            // Of a record that was exported as a whole, most cells are as they were.
            changes = [new ReadModifyWriteStep<T>(string.Empty)];
        }

        if (fields.Count == 0 && changes.Length == 0)
        {
            Reject(ErrorRecords.Invalid($"Nothing to set on {Endpoint.Entity} {id}: give at least one field. A field is cleared with $null, for example -Details $null.", id, "CopperNothingToSet"));
            return;
        }

        var target = TargetOf(Endpoint.Entity, id, reference);
        if (ShouldProcess(target, Describe(fields.Names.Concat(changes.Select(static change => change.Name)).Where(static name => name.Length > 0).Distinct())))
        {
            Submit(new RecordWrite<T>(id, fields, changes, Given ?? id, passThru) { DifferencesOnly = Row is null ? null : CurrentSession.DateFormat });
        }
    }

    /// <summary>What an error says besides of a record that one row out of many was to become; null when it needs no telling apart.</summary>
    private protected virtual string? NewRecordSuffix() =>
        Input is not null && ParameterMap<FieldAttribute>.Of(GetType()).FirstOrDefault(static entry => entry.Attribute.Name == "name")?.ValueOf(this) is string { Length: > 0 } name
            ? $"The {Endpoint.Entity} '{name}' was not written."
            : null;

    /// <summary>Makes the body of the parameters; false when it cannot be right, which was said then.</summary>
    /// <param name="fields">The body.</param>
    /// <param name="said">What an error says besides.</param>
    private protected bool TryBuild(out JsonBody fields, string? said = null)
    {
        var body = new JsonBody();
        fields = body;
        _lookUps.Clear();
        return TryTake(
            () =>
            {
                Build(body);
                return true;
            },
            said,
            out _);
    }

    /// <summary>The columns in which a record shows what this cmdlet does not write from them, and what to do instead, in a sentence.</summary>
    private protected virtual IEnumerable<(string Column, string Advice)> UnwrittenColumns() => [];

    private protected bool TryGetChanges(out ReadModifyWriteStep<T>[] changes, string? said) => TryTake(() => ReadModifyWriteSteps().Concat(ChecksOfRow()).ToArray(), said, out changes);

    private IEnumerable<ReadModifyWriteStep<T>> ChecksOfRow() => Row is not { } row ? [] : UnwrittenColumns()
        .Where(shown => row[shown.Column] is string or ValueType)
        .Select(shown => ShownColumns.Check<T>(shown.Column == "CompanyName" ? row["CompanyId"] : null, shown.Column, row[shown.Column]!, shown.Advice, Client));

    private void Build(JsonBody fields)
    {
        foreach (var entry in ParameterMap<FieldAttribute>.Of(GetType()))
        {
            var value = entry.ValueOf(this);
            if (Row is not null && entry.Attribute.Entity is not null && !WasTyped(entry.Parameter))
            {
                AddReference(fields, entry, value);
            }
            else if (IsSpecified(entry.Parameter, value) && !IsChangeOfPresent(entry.Parameter))
            {
                value = IsFromRow(entry.Parameter, value) && value is string text ? SpreadsheetText.Restore(text) : value;
                value = entry.Known(value, word => $"write it with -Property @{{ {entry.Attribute.Name} = {word} }}.");
                fields[entry.Attribute.Name] = RequestValueConverter.OfField(WithIds(value, entry.Attribute.Entity), entry.Property.PropertyType, entry.Attribute.Entity);
            }
        }

        AddFields(fields);
        if (!IsUpdate && PipedRecord is not null)
        {
            AddPipedRecord(fields, PipedRecord);
        }

        foreach (DictionaryEntry member in Property)
        {
            var name = RequestValueConverter.KeyOf(member);
            if (fields.Contains(name))
            {
                throw RequestValueConverter.Reject($"'{name}' is given twice: by its parameter and in -Property.", Property);
            }

            fields[name] = RequestValueConverter.Raw(member.Value);
        }
    }

    /// <summary>
    /// A reference in a row stands in up to two columns: CompanyId and Company. The id counts, unless it is the record's own and the
    /// name is not: then the name was edited.
    /// </summary>
    private void AddReference(JsonBody fields, ParameterMap<FieldAttribute>.Entry entry, object? value)
    {
        var (field, entity) = (entry.Attribute.Name, entry.Attribute.Entity!);
        var id = IdInRow(field, entry.Parameter);
        var name = IsSpecified(entry.Parameter, value) ? value as CopperReference : null;
        if (IsUpdate && name is not null && (id is not null || IsOnlyName(name, entity)))
        {
            var find = ReferenceInRow(entity, field, id, name);
            _lookUps.Add(new ReadModifyWriteStep<T>(field)
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
        else if ((id ?? name) is { } reference)
        {
            fields[field] = RequestValueConverter.OfField(WithIds(reference, entity), typeof(CopperReference), entity);
        }
    }

    /// <summary>The record that a row says the new or changed one belongs to: by its columns RelatedType and RelatedId, or as a record shows it: person 7.</summary>
    /// <param name="column">The record's own property.</param>
    private protected CopperReference? RelatedInRow(string column) => Row switch
    {
        null => null,
        { } row when row["RelatedId"] is { } id => CopperReference.From(id),
        { } row when row[column] is { } cell => cell is string text ? CopperReference.FromPointer(text) : CopperReference.From(cell),
        _ => null,
    };

    /// <summary>What stands in the column of a row that is named after the field: CompanyId for company_id.</summary>
    private protected CopperReference? IdInRow(string field, string parameter)
    {
        var column = RecordDifferences.PropertyOf(field);
        return !string.Equals(column, parameter, StringComparison.OrdinalIgnoreCase) && Row?[column] is { } cell ? CopperReference.From(cell) : null;
    }

    /// <summary>
    /// A name that the account has no list for, or more than one item of: only the record as it stands tells whether it was edited.
    /// </summary>
    private bool IsOnlyName(CopperReference name, string entity)
    {
        if (string.IsNullOrEmpty(name.Name) || !AccountList.Entities.Contains(entity))
        {
            return !string.IsNullOrEmpty(name.Name);
        }

        try
        {
            return WithIds(name, entity) is CopperReference { Id: null };
        }
        catch (InputRejectedException refusal) when (NameErrors.IsAmbiguous(refusal.Record))
        {
            return true;
        }
    }

    /// <summary>The id that a row means: by its column of ids, of names, or both. It is looked up when the record is known.</summary>
    private protected Func<T, CancellationToken, Task<long?>> ReferenceInRow(string entity, string field, CopperReference? id, CopperReference? name)
    {
        var given = id is null ? (long?)null : RequestValueConverter.IdOf(id, entity);
        var resolver = Resolver;
        return async (present, token) =>
        {
            var current = PresentId(present, field);
            if ((given is not null && given != current) || name is null)
            {
                return given;
            }

            if (current is { } known && (name.Id == known || await IsCalledAsync(resolver, present, entity, known, name, token).ConfigureAwait(false)))
            {
                return known;
            }

            return RequestValueConverter.IdOf(await ResolveAsync(resolver, name, entity, present, token).ConfigureAwait(false), entity);
        };
    }

    /// <summary>Finds what the name in an edited cell means.</summary>
    private protected virtual Task<CopperReference> ResolveAsync(NameResolver resolver, CopperReference name, string entity, T present, CancellationToken cancellationToken) =>
        resolver.ResolveAsync(name, entity, cancellationToken);

    private static async Task<bool> IsCalledAsync(NameResolver resolver, T present, string entity, long id, CopperReference name, CancellationToken cancellationToken) =>
        (entity == "company" && string.Equals(typeof(T).GetProperty("CompanyName")?.GetValue(present) as string, name.Name, StringComparison.OrdinalIgnoreCase))
        || await resolver.IsCalledAsync(entity, id, name.Name ?? string.Empty, cancellationToken).ConfigureAwait(false);

    private static long? PresentId(T present, string field) => typeof(T).GetProperty(RecordDifferences.PropertyOf(field))?.GetValue(present) as long?;

    private bool TryTake<TResult>(Func<TResult> take, string? said, out TResult result)
    {
        try
        {
            result = take();
            return true;
        }
        catch (InputRejectedException refusal)
        {
            Reject(said is null ? refusal.Record : ErrorRecords.WithSuffix(refusal.Record, said));
        }
        catch (ArgumentException exception)
        {
            Reject(ErrorRecords.From(exception, null));
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            Reject(exception, null);
        }

        result = default!;
        return false;
    }

    private protected override void WriteFailure(Exception exception, object? target)
    {
        if (target is RecordWrite<T> write)
        {
            WriteFailure(exception, write.Target, write.Id, write.DoneBefore);
        }
        else
        {
            WriteFailure(exception, target, null);
        }
    }

    private void WriteFailure(Exception exception, object? target, long? id, string? doneBefore = null)
    {
        switch (exception)
        {
            case CopperException when doneBefore is not null:
                var record = ErrorRecords.WithSuffix(ErrorRecords.From(exception, target), doneBefore);
                if (exception is CopperAuthenticationException)
                {
                    ThrowTerminatingError(record);
                }

                WriteError(record);
                break;
            case InputRejectedException refusal:
                WriteError(ErrorRecords.About(refusal.Record, target));
                break;
            case CopperNotFoundException missing when id is { } number && Endpoint.IsRecordPath(missing.Path, number):
                WriteError(ErrorRecords.NotFound(missing, Endpoint.Entity.Name, number, target));
                break;
            default:
                base.WriteFailure(exception, target);
                break;
        }
    }
}
