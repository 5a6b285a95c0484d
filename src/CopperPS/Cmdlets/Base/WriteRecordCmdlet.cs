using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// What New and Set of one entity share: the parameters that are fields, declared once, and the way from them to the service. A
/// cmdlet that is an <see cref="IRecordUpdate"/> updates records, any other one creates a record.
/// </summary>
/// <remarks>
/// Bound parameters or a row → <see cref="FieldCollector{T}"/> → <see cref="RecordWrite{T}"/> → ShouldProcess →
/// <see cref="RecordWriter{T}"/> → the result, in the order of the input.
/// </remarks>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteRecordCmdlet<T> : SessionCmdlet
    where T : class, ICopperRecord
{
    /// <summary>So many records are read together for -WhatIf.</summary>
    private const int MostPreviews = 200;

    private readonly List<(RecordWriteRun<T> Run, FieldCollector<T> Fields, CopperReference Reference)> _previews = [];
    private BoundParameters? _bound;
    private AccountLookup? _account;
    private KnownColumns? _columns;
    private UnwrittenColumns? _unwritten;
    private EmptyCells? _empty;
    private RepeatedRows? _rows;
    private RecordWriter<T>? _writer;
    private OrderedWork? _work;
    private int _unchanged;

    private protected WriteRecordCmdlet()
    {
    }

    /// <summary>Fields in the API's own spelling, for what has no parameter.</summary>
    [Parameter]
    [HashtableTransformation(RunsScriptBlocks = true)]
    [ValidateNotNull]
    public Hashtable Property { get; set; } = [];

    /// <summary>The number of requests in flight at once, 1 to 32. With 1 each record is written before the next is taken.</summary>
    [Parameter]
    [ValidateRange(1, MostAtOnce)]
    [WholeNumberTransformation]
    public int ThrottleLimit { get; set; } = 1;

    private protected RecordEndpoint<T> Endpoint => RecordEndpoints.Of<T>(Client);

    /// <summary>The requests in flight.</summary>
    private protected OrderedWork Work => _work ??= WithProgress(
        NewWork(ThrottleLimit),
        this is IRecordUpdate update && !MyInvocation.ExpectingInput ? update.Id.Length : null,
        this is IBulkWriter { Bulk.IsPresent: false } && Grouping == WriteGrouping.Alone ? "-Bulk sends ten at a time" : null);

    /// <summary>The current item of the pipeline, as it was given.</summary>
    private protected WriteItem Item { get; private set; } = WriteItem.OfNew(null);

    private AccountLookup Account => _account ??= new AccountLookup(
        Client, Resolver, Records, Related, Note, CurrentSession.DateFormat, Await, WriteWarning, () => IsPreview, () => IsWhatIf);

    /// <summary>Changes go together by themselves, unless there is a question before each, or another wish of the user.</summary>
    private WriteGrouping Grouping => this is IBulkWriter { Bulk.IsPresent: true } ? WriteGrouping.Tens
        : this is IRecordUpdate update && (MyInvocation.ExpectingInput || update.Id.Length > 1)
            && (!IsPreview || IsWhatIf)
            && !MyInvocation.BoundParameters.ContainsKey(nameof(IBulkWriter.Bulk))
            && !MyInvocation.BoundParameters.ContainsKey(nameof(ThrottleLimit))
            ? WriteGrouping.ByItself
        : WriteGrouping.Alone;

    private RecordWriter<T> Writer => _writer ??= new RecordWriter<T>(
        Endpoint,
        Work,
        Grouping,
        new RecordWriter<T>.Output(
            StartWrite,
            WriteResult,
            WriteFailure,
            WriteVerbose,
            WarnOfLoss,
            task => Await(_ => task),
            ReadAhead(Endpoint.Entity),
            StopToken));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _bound = new BoundParameters(MyInvocation);
        if (PositionalScriptBlock.Problem(MyInvocation, _bound) is { } problem)
        {
            ThrowTerminatingError(problem);
        }
    }

    /// <summary>Updates the records of an <see cref="IRecordUpdate"/>; otherwise creates one.</summary>
    protected override void ProcessRecord()
    {
        if (this is IRecordUpdate update)
        {
            Update(update.Id, update.PassThru);
        }
        else
        {
            Create();
        }
    }

    /// <summary>Writes what is still in flight.</summary>
    protected override void EndProcessing()
    {
        ShowPreviews();
        Writer.Complete();
        CompleteProgress();
        TellOfUnchanged();
        if (_empty?.Warning() is { } cleared)
        {
            WriteWarning(cleared);
        }
        else if (_empty?.Note() is { } note)
        {
            WriteVerbose(note);
        }

        if (NeverRemoved is { Count: > 0 } tags
            && UnknownTags.Warning(tags, $"of these {Endpoint.Entity.Plural}", Await(token => UnknownTags.ReadAsync(Client, token)))
                is { } warning)
        {
            WriteWarning(warning);
        }

        base.EndProcessing();
    }

    /// <summary>Rows that change nothing have no line of their own in what -WhatIf shows: one line says that they are not lost.</summary>
    private void TellOfUnchanged()
    {
        if (IsWhatIf && _unchanged > 0)
        {
            var text = string.Format(
                CultureInfo.CurrentCulture,
                "What if: {0:N0} {1} {2} changed by {3}.",
                _unchanged,
                _unchanged == 1 ? Endpoint.Entity.Name : Endpoint.Entity.Plural,
                _unchanged == 1 ? "is not" : "are not",
                _unchanged == 1 ? "its row, which shows what it has" : "their rows, which show what they have");
            WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);
        }
    }

    /// <summary>Warns when a pipeline that ended early leaves a group unsent.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _writer is { Unsent: > 0 and var count })
        {
            _writer = null;
            WarnOfUnsent(count);
        }

        base.Dispose(disposing);
    }

    /// <summary>The tags to remove that no record had.</summary>
    private protected virtual IReadOnlyList<string> NeverRemoved => [];

    /// <summary>
    /// Turns the parameters of the current item into fields. A cmdlet adds the fields that need more than one parameter.
    /// </summary>
    private protected virtual void Collect(FieldCollector<T> fields) => fields.AddParameters();

    private protected bool WasTyped(string parameter) => _bound!.WasTyped(parameter);

    /// <summary>The parameters of the current item.</summary>
    private protected BoundParameters Bound => _bound!;

    /// <summary>Creates one record from the parameters and writes it as the service returned it.</summary>
    private protected void Create()
    {
        try
        {
            TakeInput();
            if (HasNoId() && HasKnownProperty() && TryCollect(WriteKind.Create, NewRecordSuffix(), out var fields)
                && MayCreate(fields))
            {
                var name = fields.Fields.Contains("name") ? fields.Fields["name"] : null;
                Writer.Submit(new RecordWriteRun<T>(new RecordWrite<T>(null, fields.Fields, [], Item.Given ?? name, Output: true)));
            }
        }
        finally
        {
            CompleteItem();
        }
    }

    private bool MayCreate(FieldCollector<T> fields)
    {
        NoteItem();
        return ShouldProcess(TargetOfNew(fields), fields.Description.OfNew(fields.Fields));
    }

    /// <summary>Updates the given fields of each record.</summary>
    /// <param name="references">The records.</param>
    /// <param name="passThru">The records are wanted.</param>
    /// <param name="action">What the update is called for -WhatIf and -Confirm; null for what it sets.</param>
    private protected void Update(IReadOnlyCollection<CopperReference?> references, bool passThru, string? action = null)
    {
        foreach (var reference in references)
        {
            Item = WriteItem.OfExisting(reference, WasTyped("Id"), ParameterMap<FieldAttribute>.Of(GetType()).Count > 0);
            try
            {
                var found = IdentifiedItem(reference, Endpoint.Entity.Name);
                var id = RequestValueConverter.IdOf(found, Endpoint.Entity.Name);
                Note(found, Endpoint.Entity.Name);
                UpdateOne(id, found, passThru, action, IsOneOfMany(references) ? NotChanged(id) : null);
            }
            catch (InputRejectedException rejection) when (rejection.IsOfEveryRecord)
            {
                Writer.Complete();
                ThrowTerminatingError(ErrorRecords.From(rejection));
            }
            catch (InputRejectedException rejection)
            {
                Reject(ErrorRecords.From(rejection));
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                Reject(exception, reference?.Source);
            }
            finally
            {
                CompleteItem();
            }
        }
    }

    /// <summary>The current item is done: what a hashtable bound must not count for the next one.</summary>
    private protected void CompleteItem() => _bound!.UnbindEntries(this);

    /// <summary>Takes what the pipeline brought for a new record.</summary>
    private protected void TakeInput() => Item = WriteItem.OfNew((this as IRowInput)?.InputObject, IsAbout);

    /// <summary>
    /// Columns that were selected from a record of another kind stand for the record if its id is among them. So does a row of a file
    /// that such records were exported to, when the new record has its name from the command.
    /// </summary>
    private bool IsAbout(RecordOrigin origin) => origin.EntityType is { } kind
        && !string.Equals(kind, Endpoint.Entity.Name, StringComparison.OrdinalIgnoreCase)
        && (origin.IsSelected || (GetType().GetCustomAttribute<AboutRecordAttribute>() is { } about && WasTyped(about.NamedBy)
            && about.Entities.Contains(kind)));

    /// <summary>
    /// For a command that finds its record by the values of a row. Records are rejected: Set updates them by their ids. So are records of
    /// another kind, and rows that show one. Rows of selected columns are accepted.
    /// </summary>
    /// <exception cref="InputRejectedException">The item is a record.</exception>
    private protected void RejectRecords()
    {
        if (Item.Given is not { } input)
        {
            return;
        }

        var reference = CopperReference.From(input);
        var (entity, command) = (Endpoint.Entity.Name, MyInvocation.MyCommand.Name);
        var select = $"To write some of its properties, select these: Select-Object Name, Email | {command}";
        if (reference.EntityType is { } kind
            && !string.Equals(kind, entity, StringComparison.OrdinalIgnoreCase)
            && (reference.IsRecord || reference.Id is not null || Item.Row is { ShowsWholeRecord: true }))
        {
            throw new InputRejectedException(
                InputRejection.EntityMismatch,
                $"{reference} is {EntityWords.WithArticle(kind)}, not a row of {EntityWords.WithArticle(entity)}. Nothing was sent. "
                    + $"{select}",
                reference.Source);
        }

        if (Item.Record is not null)
        {
            throw RequestValueConverter.Reject(
                $"{reference} is a record, whose properties are not copied. Nothing was sent. Set-Copper{EntityWords.ToNoun(entity)} "
                    + "changes it "
                    + $"by its id. {select}",
                reference.Source);
        }
    }

    /// <summary>The input of the pipeline is usable; otherwise an error or a warning was written.</summary>
    private protected bool HasKnownProperty()
    {
        if (Item is not { Given: { } row, Record: null })
        {
            return true;
        }

        if (PipelineRow.Problem(row, Endpoint.Entity.Name, MyInvocation) is not { } problem)
        {
            return true;
        }

        Reject(ErrorRecords.From(new InputRejectedException(InputRejection.Invalid, problem, row)
        {
            // The rows of a file have the same columns.
            IsOfEveryRow = RowDescription.IsRow(row) && PSObject.AsPSObject(row).BaseObject is PSCustomObject,
        }));
        return false;
    }

    /// <summary>
    /// The row is of no record that exists, and the item of no other product; otherwise an error was written.
    /// </summary>
    private bool HasNoId()
    {
        if (PipelineRow.RejectionOfNew(Item, Endpoint.Entity.Name, MyInvocation.MyCommand.Name) is not { } rejection)
        {
            return true;
        }

        Reject(ErrorRecords.From(rejection));
        return false;
    }

    /// <summary>
    /// Warns when an earlier row of the same record has other values: they are replaced, which is rarely meant.
    /// </summary>
    /// <param name="fields">What was collected from the row.</param>
    /// <param name="name">What the record is called in the warning.</param>
    /// <param name="keys">What tells that two rows are about one record.</param>
    /// <param name="isCompared">A column is compared; null for all.</param>
    private protected void WarnOfRepeatedRow(
        FieldCollector<T> fields, string name, IEnumerable<string> keys, Func<string, bool>? isCompared = null)
    {
        if (fields.Row is null)
        {
            return;
        }

        _rows ??= new RepeatedRows(ParameterMap<FieldAttribute>.Of(GetType()).Select(static entry => entry.Attribute.Name),
            PositionalScriptBlock.ParametersOf(MyInvocation).Values);
        var warning = _rows.Add(
            fields.Row,
            name,
            keys,
            column => !WasTyped(column) && isCompared?.Invoke(column) != false,
            fields.CustomFieldCells());
        if (warning is not null)
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Collects the fields of the current item; false when the input was rejected, which was reported then.</summary>
    /// <param name="kind">What is done with the record.</param>
    /// <param name="suffix">What an error adds to its message.</param>
    /// <param name="fields">The fields.</param>
    private protected bool TryCollect(WriteKind kind, string? suffix, out FieldCollector<T> fields)
    {
        _unwritten ??= new UnwrittenColumns(Endpoint.Entity.Name, typeof(T), PositionalScriptBlock.ParametersOf(MyInvocation).Values);
        fields = new FieldCollector<T>(this, _bound!, Account, Endpoint.Entity, Item, kind, Property) { Unwritten = _unwritten };
        try
        {
            _bound!.BindEntries(this, Item.Given);
            DamagedCells.Check(fields);
            Collect(fields);
            if (kind == WriteKind.Create)
            {
                MandatoryParameters.Check(
                    this, MyInvocation, _bound, Item, EntityWords.WithArticle(Endpoint.Entity.Name), Property.ContainsKey);
            }

            fields.Complete(MyInvocation.MyCommand.Name);
            if (fields.Row is { } row && this is not INamedRecordInput)
            {
                _columns ??= new KnownColumns(
                    Endpoint.Entity.Name, typeof(T), PositionalScriptBlock.ParametersOf(MyInvocation).Values, WriteWarning);
                _columns.WarnOfUnknown(row);
            }

            if (kind != WriteKind.Update)
            {
                WarnOfUnwritten(fields);
            }

            return true;
        }
        catch (InputRejectedException rejection)
        {
            var error = ErrorRecords.From(rejection);
            if ((suffix is not null || MyInvocation.ExpectingInput)
                && (rejection.IsOfEveryRecord || IsOfEveryRecord(rejection, kind)))
            {
                // Not the same error for each of two hundred records.
                Writer.Complete();
                ThrowTerminatingError(error);
            }

            // What a hashtable binds, the name too, is known only now.
            suffix ??= this is IRecordUpdate ? null : NewRecordSuffix();
            Reject(suffix is not null ? (NamesItem(error) ? error : ErrorRecords.WithSuffix(error, suffix))
                : Item.Row is not null && this is IRecordUpdate ? Named(error, CopperReference.From(Item.Given!).Id)
                : error);
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

        return false;
    }

    /// <summary>
    /// What was typed cannot be right for any item: without the item it is rejected for the same reason. A name that nothing has, a custom
    /// field that there is not.
    /// </summary>
    private bool IsOfEveryRecord(InputRejectedException rejection, WriteKind kind)
    {
        if (!rejection.IsAboutName && rejection.Reason != InputRejection.InvalidCustomField
            && !_bound!.Constants.Any(parameter => IsValueOf(parameter, rejection.Value)))
        {
            return false;
        }

        var item = Item;
        Item = WriteItem.OfNew(null);
        _bound!.CountsTypedOnly = true;
        try
        {
            Collect(new FieldCollector<T>(this, _bound, Account, Endpoint.Entity, Item, kind, Property));
            return false;
        }
        catch (InputRejectedException again)
        {
            return again.Reason == rejection.Reason && again.Message == rejection.Message;
        }
        catch (Exception exception) when (exception is ArgumentException or CopperException)
        {
            return false;
        }
        finally
        {
            _bound.CountsTypedOnly = false;
            Item = item;
        }
    }

    private bool IsValueOf(string parameter, object? value) =>
        value is not null && Holds(RecordProperties.Find(GetType(), parameter)?.GetValue(this), value);

    /// <summary>A parameter's value is this one, points to it, or has it among others.</summary>
    private static bool Holds(object? held, object value) => Equals(held, value) || held switch
    {
        CopperReference reference => Equals(reference.Source, value),
        CopperContactPoint point => Equals(point.ToString(), value),
        string => false,
        IEnumerable list => list.Cast<object?>().Any(item => Holds(item, value)),
        _ => false,
    };

    /// <summary>
    /// What an error adds to name the new record, when it is one of several rows; null when there is only one.
    /// </summary>
    private protected string? NewRecordSuffix() =>
        Item.Given is not { } given ? null
            : NewRecordName() is { Length: > 0 } name ? $"The {Endpoint.Entity} '{name}' was not written."
            : Item.Row is not null && RowDescription.NameOf(given) is { } row ? $"The row with {row} was not written."
            : null;

    /// <summary>What -WhatIf and -Confirm call a new record.</summary>
    private protected string TargetOfNew(FieldCollector<T> fields) => fields.Target
        ?? (fields.Fields.Contains("name") && fields.Fields["name"] is { } name ? $"{Endpoint.Entity} '{name}'" : $"new {Endpoint.Entity}");

    /// <summary>
    /// Asks whether a record may be changed, in words that name what is set; false when it may not, or when nothing is to be set.
    /// </summary>
    /// <param name="run">The change.</param>
    /// <param name="fields">How it is described.</param>
    /// <param name="target">What the record is called.</param>
    /// <param name="action">What the update is called; null for what it sets.</param>
    private protected bool ShouldUpdate(RecordWriteRun<T> run, FieldCollector<T> fields, string target, string? action = null)
    {
        if (action is not null)
        {
            return ShouldProcess(target, action);
        }

        try
        {
            return ShouldUpdateFields(run, fields, target);
        }
        catch (InputRejectedException rejection)
        {
            // The error that the run writes: it names the record, and the next item has its turn.
            Writer.Reject(() => WriteFailure(rejection, run));
            return false;
        }
    }

    private bool ShouldUpdateFields(RecordWriteRun<T> run, FieldCollector<T> fields, string target)
    {
        if (IsPreview && Item.Record?.Source is T piped)
        {
            return ShouldProcess(target, OfPiped(run, fields, piped));
        }

        // Which cells of a row differ shows only beside the record. It is read for those who want to see it, and not twice.
        if (fields.Row is null || !run.Write.NeedsRecord || !IsPreview)
        {
            return ShouldProcess(target, fields.Description.OfUpdate(run.Fields, run.Write.Steps.Select(static step => step.Name)));
        }

        if (!TryCall(
            async token =>
            {
                await run.ReadAsync(Endpoint, token).ConfigureAwait(false);
                return true;
            },
            run,
            out _))
        {
            return false;
        }

        target = TargetOf(Endpoint.Entity, run.Id!.Value, run.PresentName);
        var pending = run.PendingSteps.ToArray();
        if (run.Fields.Count == 0 && pending.Length == 0)
        {
            _unchanged++;
            WriteVerbose($"The {target} has all that the row shows: nothing is set.");
            return true;
        }

        NotePresent(fields, run.Fields, run.Present);

        WarnOfRow(run);
        return ShouldProcess(target, fields.Description.OfUpdate(run.Fields, pending));
    }

    /// <summary>
    /// What an update changes on a record that was piped, which shows what it has: nothing is read. What needs a request is named without
    /// its value.
    /// </summary>
    private string OfPiped(RecordWriteRun<T> run, FieldCollector<T> fields, T piped)
    {
        var body = run.Fields.Copy();
        var unknown = new List<string>();
        foreach (var step in run.Write.Steps)
        {
            if (step.AddFields is null || step.AddFieldsAsync is not null || step.RunAsync is not null)
            {
                unknown.Add(step.Name);
                continue;
            }

            try
            {
                step.AddFields(body, piped);
            }
            catch (InputRejectedException) when (!IsWhatIf)
            {
                // The run tells it when it reads the record, which may have changed.
                unknown.Add(step.Name);
            }
        }

        RecordDifferences.RemoveEqual(body, piped, CurrentSession.DateFormat);
        NotePresent(fields, body, piped);
        return body.Count == 0 && unknown.All(static name => name.Length == 0)
            ? fields.Description.OfNothing(run.Fields.Names.Concat(run.Write.Steps.Select(static step => step.Name)), run.Fields)
            : fields.Description.OfUpdate(body, unknown);
    }

    /// <summary>The description shows what the record has now.</summary>
    private static void NotePresent(FieldCollector<T> fields, JsonBody body, T? present)
    {
        if (present is null)
        {
            return;
        }

        fields.Description.NotePresent(present);
        if (present is IAddressedRecord addressed && body.Contains("address") && body["address"] is CopperAddress address)
        {
            fields.Description.NoteAddress("address", address, addressed.Address);
        }
    }

    /// <summary>Writes an error when it is the current item's turn.</summary>
    private protected void Reject(ErrorRecord error)
    {
        ShowPreviews();
        var about = ErrorRecords.About(error, Item.Given);
        Writer.Reject(() => WriteError(about));
    }

    /// <summary>Writes a failure when it is the current item's turn.</summary>
    private protected void Reject(Exception failure, object? target)
    {
        ShowPreviews();
        target = Item.Given ?? target;
        Writer.Reject(() => WriteFailure(failure, target));
    }

    /// <summary>What to do when the service rejects a record, where this kind of record tells more; null for nothing.</summary>
    /// <param name="invalid">What the service says.</param>
    /// <param name="fields">What was sent.</param>
    private protected virtual string? AdviceOn(CopperValidationException invalid, JsonBody fields) => null;

    private protected override void WriteFailure(Exception exception, object? target)
    {
        var run = target as RecordWriteRun<T>;
        target = run is null ? target : run.Write.Target;
        var advice = run is not null && exception is CopperValidationException invalid ? AdviceOn(invalid, run.Fields) : null;
        switch (exception)
        {
            case CopperException when run?.DoneBefore is { } doneBefore:
                var record = ErrorRecords.WithSuffix(
                    ErrorRecords.WithAdvice(ErrorRecords.From(exception, target), advice), doneBefore);
                if (exception is CopperAuthenticationException or CopperChangeNotRecordedException)
                {
                    ThrowTerminatingError(record);
                }

                WriteError(record);
                break;
            case InputRejectedException rejection:
                WriteError(ErrorRecords.About(Named(ErrorRecords.From(rejection), run?.Id), target));
                break;
            case CopperNotFoundException missing when run?.Id is { } number && Endpoint.IsRecordPath(missing.Path, number):
                WriteError(ErrorRecords.NotFound(missing, Endpoint.Entity.Name, number, target));
                break;
            case CopperException when run is { IsGrouped: true }
                && SubjectOf(run, exception) is { } what:
                var named = ErrorRecords.WithSuffix(
                    ErrorRecords.WithAdvice(RecordOf(exception, target), advice), $"It is about {what}.");
                if (exception is CopperAuthenticationException)
                {
                    ThrowTerminatingError(named);
                }

                WriteError(named);
                break;
            case CopperValidationException when advice is not null:
                WriteError(ErrorRecords.WithAdvice(RecordOf(exception, target), advice));
                break;
            default:
                base.WriteFailure(exception, target);
                break;
        }
    }

    /// <summary>Which of the items that went out together an error is about; null when nothing tells, or the error does.</summary>
    private string? SubjectOf(RecordWriteRun<T> run, Exception exception)
    {
        if (run.Id is { } id)
        {
            var number = id.ToString(CultureInfo.InvariantCulture);
            return exception.Message.Contains($"{Endpoint.Entity} {number}") ? null : $"{Endpoint.Entity} {number}";
        }

        return run.Write.Target switch
        {
            string name when name.Length > 0 => $"the {Endpoint.Entity} '{name}'",
            { } row when RowDescription.IsRow(row) && RowDescription.NameOf(row) is { } name => $"the row with {name}",
            _ => null,
        };
    }

    /// <summary>The error names the record that the current item is, whose stage or pipeline it knows.</summary>
    private bool NamesItem(ErrorRecord error) => this is IRecordUpdate && Item.Record is { Id: { } id } && Names(error, id);

    private bool Names(ErrorRecord error, long id) =>
        error.Exception.Message.Contains($"{Endpoint.Entity} {id.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The error with the record in its message, unless it names it already.</summary>
    private ErrorRecord Named(ErrorRecord error, long? id) =>
        id is not { } number || Names(error, number)
            ? error
            : error.Exception is InputRejectedException { Reason: InputRejection.UnknownName }
            ? ErrorRecords.WithSuffix(error, NotChanged(number))
            : ErrorRecords.WithPrefix(error, NotChanged(number));

    private string NotChanged(long id) => $"The {Endpoint.Entity} {id.ToString(CultureInfo.InvariantCulture)} was not changed.";

    private void UpdateOne(long id, CopperReference reference, bool passThru, string? action, string? suffix)
    {
        if (!TryCollect(WriteKind.Update, suffix, out var fields))
        {
            return;
        }

        if (fields.Fields.Count == 0 && fields.Steps.Count == 0)
        {
            Reject(ErrorRecords.Invalid(
                $"Nothing to set on {Endpoint.Entity} {id}: give at least one field. A field is cleared with $null, for example "
                    + "-Details $null."
                    + (Item.Record is null ? string.Empty : " The properties of a record that is piped are not read, not even those that "
                        + $"were edited: give the new value by its parameter, for example {MyInvocation.MyCommand.Name} -Details 'New'; a "
                        + "script block is run for each record: -Details { \"New: $($_.Details)\" }."),
                id,
                "CopperNothingToSet",
                $"Get-Help {MyInvocation.MyCommand.Name} -Full describes the parameters of all fields."));
            return;
        }

        NoteItem();
        WarnOfRepeatedRow(fields, $"{Endpoint.Entity} {id}", [id.ToString(CultureInfo.InvariantCulture)]);
        var run = NewUpdate(id, fields, passThru, Item.Given ?? id);
        if (IsWhatIf && MyInvocation.ExpectingInput && fields.Row is not null && run.Write.NeedsRecord && action is null)
        {
            // What a row would change shows beside the record: many are read together.
            _previews.Add((run, fields, reference));
            if (_previews.Count == MostPreviews)
            {
                ShowPreviews();
            }
        }
        else if (ShouldUpdate(run, fields, TargetOf(Endpoint.Entity, id, reference), action))
        {
            Writer.Submit(run);
        }
    }

    /// <summary>Shows what would be set on the records that wait for it.</summary>
    private void ShowPreviews()
    {
        if (_previews.Count == 0)
        {
            return;
        }

        var previews = _previews.ToArray();
        _previews.Clear();
        Await(token => RecordWriteRun<T>.ReadTogetherAsync(previews.Select(static preview => preview.Run), Endpoint, token));
        foreach (var (run, fields, reference) in previews)
        {
            if (ShouldUpdate(run, fields, TargetOf(Endpoint.Entity, run.Id!.Value, reference)))
            {
                Writer.Submit(run);
            }
        }
    }

    /// <summary>The update of a record by what was collected.</summary>
    private protected RecordWriteRun<T> NewUpdate(long id, FieldCollector<T> fields, bool output, object? target)
    {
        var steps = fields.Steps.ToList();
        if (fields.Row is not null && fields.Fields.Count > 0 && steps.Count == 0
            && (fields.ShowsWholeRecord || IsPreview || fields.Row[RowTimes.Modified] is not null || _unwritten!.NeedsRecord(fields.Row)))
        {
            // Of a record that was exported as a whole, most cells are as they were. Only the record tells whether a row is out of date,
            // and whether a cell was edited that nothing is written from.
            steps.Add(new ReadModifyWriteStep<T>(string.Empty));
        }

        var format = CurrentSession.DateFormat;
        if (fields.Row is not { } row)
        {
            return new RecordWriteRun<T>(new RecordWrite<T>(id, fields.Fields, steps, target, output)
            {
                IsCompared = steps.Count == 0 && Item.Record?.Source is T piped && HasAll(piped, fields.Fields, format),
                DateFormat = format,
            });
        }

        var empty = _empty ??= new EmptyCells(
            Endpoint.Entity.Name, MyInvocation.MyCommand.Name, PositionalScriptBlock.ParametersOf(MyInvocation).Values, WasTyped);
        if (steps.Count == 0)
        {
            empty.NoteUnread(row);
        }

        return new RecordWriteRun<T>(new RecordWrite<T>(id, fields.Fields, steps, target, output)
        {
            WritesDifferences = true,
            IsCompared = steps.Count == 0,
            DateFormat = format,
            WarningOf = (body, pending, present) =>
            {
                empty.Note(row, present);
                return fields.WarningOfRow(body, pending, present);
            },
        });
    }

    /// <summary>The record, as it was when it was read, has all of the fields.</summary>
    private static bool HasAll(T piped, JsonBody fields, string dateFormat)
    {
        var left = fields.Copy();
        RecordDifferences.RemoveEqual(left, piped, dateFormat);
        return left.Count == 0;
    }

    private void WarnOfUnwritten(FieldCollector<T> fields)
    {
        if (fields.Row is { } row && _unwritten!.WarningOf(row) is { } warning)
        {
            WriteWarning(warning);
        }
    }

    private void StartWrite(OrderedWork work, RecordWriteRun<T> run)
    {
        var endpoint = Endpoint;
        StartCall(work, token => run.RunAsync(endpoint, token), run, record => WriteResult(record, run), run.Id is { } id ? [id] : []);
    }

    private void WarnOfRow(RecordWriteRun<T> run)
    {
        if (run.TakeWarning() is { } warning)
        {
            WriteWarning(warning);
        }
    }

    private void WriteResult(T? record, RecordWriteRun<T> run)
    {
        WarnOfRow(run);
        if (run.Write.Output)
        {
            WriteObject(record);
        }
    }

    /// <summary>The name that the parameters give a new record, whole or in parts.</summary>
    private string? NewRecordName()
    {
        var texts = ParameterMap<FieldAttribute>.Of(GetType())
            .Where(entry => _bound!.Contains(entry.Parameter, entry.ValueOf(this), Item.Record?.Source))
            .ToLookup(static entry => entry.Attribute.Name, entry => entry.ValueOf(this) as string);
        return texts["name"].FirstOrDefault() is { } name && !string.IsNullOrWhiteSpace(name)
            ? name
            : string.Join(
                " ",
                PersonalNameParts
                    .SelectMany(part => texts[part])
                    .Where(static text => !string.IsNullOrWhiteSpace(text))
                    .Select(static text => text!.Trim()));
    }

    private static readonly string[] PersonalNameParts = ["prefix", "first_name", "middle_name", "last_name", "suffix"];

    /// <summary>A pipeline that is over takes nothing to its streams any more, so this goes to the host.</summary>
    private void WarnOfUnsent(int count)
    {
        try
        {
            Host.UI.WriteWarningLine(
                $"{MyInvocation.MyCommand?.Name}: the pipeline ended before the last group was complete. "
                + $"Its {count} item{(count == 1 ? " was" : "s were")} not sent.");
        }
        catch (Exception exception) when (exception is RuntimeException or InvalidOperationException or NotImplementedException)
        {
            // Nobody is there to read it.
        }
    }
}
