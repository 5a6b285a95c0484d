using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Hub;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>
/// What New and Set of one kind of record share: the parameters that are attributes, declared once, and how they become the
/// <c>data</c> of a request. A cmdlet that is an <see cref="IRecordUpdate"/> updates records, any other one creates a record.
/// </summary>
/// <remarks>
/// An update writes the attributes that it names and no others (CopperHub API, update_organisation), so nothing is read before.
/// </remarks>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteHubRecordCmdlet<T> : HubSessionCmdlet
    where T : class, ICopperRecord
{
    private BoundParameters? _bound;
    private KnownColumns? _columns;
    private UnwrittenColumns? _unwritten;

    private protected WriteHubRecordCmdlet()
    {
    }

    /// <summary>Attributes in the API's own spelling, for what has no parameter.</summary>
    [Parameter]
    [HashtableTransformation]
    [ValidateNotNull]
    public Hashtable Property { get; set; } = [];

    private protected CopperHubEndpoint<T> Endpoint => HubEndpoints.Of<T>(Client);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _bound = new BoundParameters(MyInvocation);
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

    /// <summary>Creates one record from the parameters and writes it as the service shows it.</summary>
    /// <param name="parent">What it belongs to; null for nothing.</param>
    /// <param name="parentParameter">The parameter that names it, and may come down the pipeline as a record.</param>
    /// <param name="completeAsync">Adds to the attributes what has to be read from the service; null for nothing.</param>
    private protected void Create(
        CopperReference? parent = null, string? parentParameter = null, Func<JsonBody, CancellationToken, Task>? completeAsync = null)
    {
        // A parent that is piped brings its id only: a project's own name is not that of its new task.
        var isPiped = parent is not null && !_bound!.WasTyped(parentParameter!);
        var item = isPiped
            ? WriteItem.OfExisting(parent, idWasTyped: false, takesRows: true)
            : WriteItem.OfNew((this as IRowInput)?.InputObject);
        // A row without the id of the parent is an error about that.
        if ((!isPiped || parent!.Id is not null || parent.EntityType is not null)
            && PipelineRow.RejectionOfNew(item, Endpoint.Entity.Name, MyInvocation.MyCommand.Name) is { } rejection)
        {
            WriteError(ErrorRecords.From(rejection));
            return;
        }

        if (!isPiped && item.Given is { } input && Problem(item, input) is { } problem)
        {
            var error = ErrorRecords.Invalid(problem, input);
            if (RowDescription.ProblemOfFile(input) is not null)
            {
                // The same error for every row of the file.
                ThrowTerminatingError(error);
            }

            WriteError(error);
            return;
        }

        var isCollected = TryCollect(item, parentParameter, out var attributes);
        _bound!.UnbindEntries(this);
        if (!isCollected)
        {
            return;
        }

        var name = attributes.Contains("Name") ? attributes["Name"] : null;
        var target = name is null ? $"new {Endpoint.Entity}" : $"{Endpoint.Entity} '{name}'";
        if (ShouldProcess(target, ChangeDescription.OfNew(attributes, LabelOf))
            && TryCall(token => CreateAsync(attributes, completeAsync, token), item.Given ?? name, out var id))
        {
            WriteObject(ReadBack(id, attributes, $"created with id {id.ToString(CultureInfo.InvariantCulture)}"));
        }
    }

    /// <summary>Updates the given attributes of each record.</summary>
    private protected void Update(IEnumerable<CopperReference?> references, bool passThru)
    {
        foreach (var reference in references)
        {
            try
            {
                var given = reference ?? throw RequestValueConverter.NullId(Endpoint.Entity.Name);
                UpdateOne(RequestValueConverter.IdOf(Own(given), Endpoint.Entity.Name), given, passThru);
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    private void UpdateOne(long id, CopperReference reference, bool passThru)
    {
        var item = WriteItem.OfExisting(reference, _bound!.WasTyped("Id"), takesRows: true);
        var isCollected = TryCollect(item, null, out var attributes);
        _bound.UnbindEntries(this);
        if (!isCollected)
        {
            return;
        }

        if (attributes.Count == 0)
        {
            WriteError(ErrorRecords.Invalid(
                $"Nothing to set on {Endpoint.Entity} {id}: give at least one attribute. An attribute is cleared with "
                    + "$null.",
                id,
                "CopperNothingToSet",
                $"Get-Help {MyInvocation.MyCommand.Name} -Full describes the parameters of all attributes."));
            return;
        }

        if (item.Row is { } row && !TryWarnOfUnwritten(id, row))
        {
            return;
        }

        var target = reference.Source is ICopperRecord known ? $"{Endpoint.Entity} {id} ({known})" : $"{Endpoint.Entity} {id}";
        if (ShouldProcess(target, ChangeDescription.OfUpdate(attributes, LabelOf))
            && TryCall(token => UpdateAsync(id, attributes, token), item.Given ?? id, out _)
            && passThru)
        {
            WriteObject(ReadBack(id, attributes, "updated"));
        }
    }

    /// <summary>
    /// Warns of cells that nobody can write, where they differ from the record: an exported row that nobody edited shows them too. False
    /// when the record cannot be read, which was reported then.
    /// </summary>
    private bool TryWarnOfUnwritten(long id, RecordRow row)
    {
        if (!_unwritten!.NeedsRecord(row))
        {
            return true;
        }

        if (!TryCall(token => Endpoint.GetAsync(id, null, token), row.Source, out var present))
        {
            return false;
        }

        if (_unwritten.WarningOf(row, present) is { } warning)
        {
            WriteWarning(warning);
        }

        return true;
    }

    /// <summary>Why nothing is created from what the pipeline brought; null when it is a row.</summary>
    private string? Problem(WriteItem item, object input) => item.Record is { } record
        ? $"{record} is {EntityWords.WithArticle(record.EntityType!)}. Nothing was sent: the properties of a record that is piped are "
            + "not copied. "
            + $"To create from some of them, select these: Select-Object Name, City | {MyInvocation.MyCommand.Name}"
        : PipelineRow.Problem(input, Endpoint.Entity.Name, MyInvocation);

    private async Task<long> CreateAsync(
        JsonBody attributes, Func<JsonBody, CancellationToken, Task>? completeAsync, CancellationToken cancellationToken)
    {
        if (completeAsync is not null)
        {
            await completeAsync(attributes, cancellationToken).ConfigureAwait(false);
        }

        return await Endpoint.CreateAsync(attributes, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> UpdateAsync(long id, JsonBody attributes, CancellationToken cancellationToken)
    {
        await Endpoint.UpdateAsync(id, attributes, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// The response to a change has an id only, so the record is read. What reading leaves out – a task's name, for one – is taken
    /// from what was just written.
    /// </summary>
    private T ReadBack(long id, JsonBody attributes, string done)
    {
        try
        {
            return Await(token => Endpoint.GetAsync(id, attributes, token));
        }
        catch (CopperException exception)
        {
            // An error here would report that nothing was written.
            WriteWarning($"The {Endpoint.Entity} {id} was {done}; reading it back failed: {exception.Message} The output shows only "
                + "what was sent.");
            return Endpoint.Describe(id, attributes);
        }
    }

    /// <summary>The parameter of an attribute: OrganisationId for ClientID.</summary>
    private string LabelOf(string attribute) =>
        ParameterMap<FieldAttribute>.Of(GetType()).FirstOrDefault(entry => entry.Attribute.Name == attribute)?.Parameter ?? attribute;

    private object? ValueOf(ParameterMap<FieldAttribute>.Entry entry)
    {
        var given = entry.ValueOf(this);
        var value = RequestValueConverter.OfField(
            given is CopperReference reference ? Own(reference) : given, entry.Property.PropertyType, entry.Attribute.Entity);
        return value is not null && entry.Check?.Problem(value) is { } problem
            ? throw RequestValueConverter.Reject($"-{entry.Parameter}: '{Convert.ToString(value, CultureInfo.InvariantCulture)}' "
                + $"{problem}", value)
            : value;
    }

    /// <summary>What was typed cannot be right for any item of the pipeline: it ends with one error.</summary>
    private object? CheckedValueOf(ParameterMap<FieldAttribute>.Entry entry)
    {
        try
        {
            return ValueOf(entry);
        }
        catch (InputRejectedException rejection)
            when (_bound!.WasTyped(entry.Parameter) && (MyInvocation.ExpectingInput || this is IRecordUpdate { Id.Length: > 1 }))
        {
            ThrowTerminatingError(ErrorRecords.From(rejection));
            throw;
        }
    }

    /// <summary>Collects the attributes of the current item; false when the input was rejected, which was reported then.</summary>
    private bool TryCollect(WriteItem item, string? parentParameter, out JsonBody attributes)
    {
        attributes = [];
        try
        {
            _bound!.BindEntries(this, item.Given);
            DamagedCells.Check(item.Row);
            foreach (var entry in ParameterMap<FieldAttribute>.Of(GetType()))
            {
                if (_bound.Contains(entry.Parameter, entry.ValueOf(this), entry.Parameter == parentParameter ? null : item.Record?.Source))
                {
                    attributes[entry.Attribute.Name] = CheckedValueOf(entry);
                }
            }

            foreach (var member in DictionaryEntries.Of(Property))
            {
                var name = RequestValueConverter.KeyOf(member);
                if (attributes.Contains(name))
                {
                    throw RequestValueConverter.Reject($"'{name}' is given twice: by its parameter and in -Property.", Property);
                }

                attributes[name] = RequestValueConverter.Raw(member.Value);
            }

            if (this is not IRecordUpdate)
            {
                MandatoryParameters.Check(
                    this, MyInvocation, _bound, item, EntityWords.WithArticle(Endpoint.Entity.Name), Property.ContainsKey);
            }

            if (item.Row is { } row)
            {
                _columns ??= new KnownColumns(Endpoint.Entity.Name, typeof(T), MyInvocation.MyCommand.Parameters.Values, WriteWarning);
                _columns.WarnOfUnknown(row);
                _unwritten ??= new UnwrittenColumns(Endpoint.Entity.Name, typeof(T), MyInvocation.MyCommand.Parameters.Values);
                if (this is not IRecordUpdate && _unwritten.WarningOf(row) is { } warning)
                {
                    WriteWarning(warning);
                }
            }

            NoteItem();
            return true;
        }
        catch (InputRejectedException rejection)
        {
            var error = ErrorRecords.From(rejection);
            WriteError(ErrorRecords.About(
                item.Row is { } row && RowDescription.NameOf(row.Source) is { } name
                    ? ErrorRecords.WithSuffix(error, $"The row with {name} was not written.")
                    : error,
                item.Given));
        }
        catch (ArgumentException exception)
        {
            WriteError(HubErrorRecords.From(exception, item.Given));
        }

        return false;
    }
}
