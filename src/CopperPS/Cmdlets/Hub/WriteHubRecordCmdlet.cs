using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using Copper.Client.Http;
using Copper.Client.Hub;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>
/// What New and Set of one kind of record share: the parameters that are attributes, declared once, and how they become the
/// <c>data</c> of a call. A leaf calls <see cref="Create"/> or <see cref="Update"/>.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteHubRecordCmdlet<T> : HubSessionCmdlet
    where T : class, ICopperRecord
{
    private BoundParameters? _given;
    /// <summary>The present item, when it is a record, whose own properties are not meant.</summary>
    private object? _record;

    /// <summary>What an error is about: the present item as it was given; null when nothing but parameters was given.</summary>
    private object? _item;

    private protected WriteHubRecordCmdlet()
    {
    }

    /// <summary>Attributes in the API's own spelling, for what has no parameter.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Property { get; set; } = [];

    private protected abstract CopperHubEndpoint<T> Endpoint { get; }

    /// <summary>The parameter that names what the new record belongs to, and may come down the pipeline as a record; null for none.</summary>
    private protected virtual string? ParentParameter => null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _given = new BoundParameters(MyInvocation);
    }

    /// <summary>Makes one record of the parameters and writes it as the service shows it.</summary>
    /// <param name="parent">What it belongs to; null for nothing.</param>
    private protected void Create(CopperReference? parent = null)
    {
        // A parent that is piped brings its id only: a project's own name is not that of its new task.
        var isPiped = parent is not null && !_given!.WasTyped(ParentParameter!);
        _item = isPiped ? parent!.Source : null;
        _record = isPiped && parent!.IsRecord ? _item : null;
        if (!TryBuild(out var attributes))
        {
            return;
        }

        var name = attributes.Contains("Name") ? attributes["Name"] : null;
        var target = name is null ? $"new {Endpoint.Entity}" : $"{Endpoint.Entity} '{name}'";
        if (ShouldProcess(target, $"Create with {string.Join(", ", attributes.Names)}") && TryCall(token => CreateAsync(attributes, token), _item ?? name, out var id))
        {
            WriteObject(ReadBack(id, attributes));
        }
    }

    /// <summary>Changes the given attributes of each record.</summary>
    private protected void Update(IEnumerable<CopperReference?> references, bool passThru)
    {
        foreach (var reference in references)
        {
            _item = reference?.Source;
            _record = reference is { IsRecord: true } && !_given!.WasTyped("Id") ? _item : null;
            try
            {
                UpdateOne(RequestValueConverter.IdOf(reference ?? throw RequestValueConverter.Reject($"The id of a {Endpoint.Entity} is null.", null), Endpoint.Entity.Name), reference, passThru);
            }
            catch (InputRejectedException refusal)
            {
                WriteError(refusal.Record);
            }
        }
    }

    private void UpdateOne(long id, CopperReference reference, bool passThru)
    {
        if (!TryBuild(out var attributes))
        {
            return;
        }

        if (attributes.Count == 0)
        {
            WriteError(ErrorRecords.Invalid($"Nothing to set on {Endpoint.Entity} {id}: give at least one attribute. An attribute is cleared with $null.", id, "CopperNothingToSet"));
            return;
        }

        var target = reference.Source is ICopperRecord known ? $"{Endpoint.Entity} {id} ({known})" : $"{Endpoint.Entity} {id}";
        if (ShouldProcess(target, "Set " + string.Join(", ", attributes.Names)) && TryCall(token => UpdateAsync(id, attributes, token), _item ?? id, out _) && passThru)
        {
            WriteObject(ReadBack(id, attributes));
        }
    }

    /// <summary>Adds to the attributes of a new record what has to be asked of the service.</summary>
    private protected virtual Task CompleteAsync(JsonBody attributes, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<long> CreateAsync(JsonBody attributes, CancellationToken cancellationToken)
    {
        await CompleteAsync(attributes, cancellationToken).ConfigureAwait(false);
        return await Endpoint.CreateAsync(attributes, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> UpdateAsync(long id, JsonBody attributes, CancellationToken cancellationToken)
    {
        await Endpoint.UpdateAsync(id, attributes, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// A change answers with an id only, so the record is read. What reading leaves out – a task's name, for one – is taken
    /// from what was just written.
    /// </summary>
    private T ReadBack(long id, JsonBody attributes)
    {
        try
        {
            return Await(token => Endpoint.GetAsync(id, attributes, token));
        }
        catch (CopperException exception)
        {
            // An error here would say that nothing was written.
            WriteWarning($"The {Endpoint.Entity} {id} was written, but cannot be read: {exception.Message} The output shows only what was sent.");
            return Endpoint.Describe(id, attributes);
        }
    }

    private object? ValueOf(ParameterMap<FieldAttribute>.Entry entry)
    {
        var value = RequestValueConverter.OfField(entry.ValueOf(this), entry.Property.PropertyType, entry.Attribute.Entity);
        return value is not null && entry.Property.GetCustomAttribute<HubCheckAttribute>()?.Problem(value) is { } problem
            ? throw RequestValueConverter.Reject($"-{entry.Parameter}: '{Convert.ToString(value, CultureInfo.InvariantCulture)}' {problem}", value)
            : value;
    }

    private bool TryBuild(out JsonBody attributes)
    {
        attributes = [];
        try
        {
            foreach (var entry in ParameterMap<FieldAttribute>.Of(GetType()))
            {
                if (_given!.Contains(entry.Parameter, entry.ValueOf(this), entry.Parameter == ParentParameter ? null : _record))
                {
                    attributes[entry.Attribute.Name] = ValueOf(entry);
                }
            }

            foreach (DictionaryEntry member in Property)
            {
                var name = RequestValueConverter.KeyOf(member);
                if (attributes.Contains(name))
                {
                    throw RequestValueConverter.Reject($"'{name}' is given twice: by its parameter and in -Property.", Property);
                }

                attributes[name] = RequestValueConverter.Raw(member.Value);
            }

            return true;
        }
        catch (InputRejectedException refusal)
        {
            WriteError(ErrorRecords.About(refusal.Record, _item));
        }
        catch (ArgumentException exception)
        {
            WriteError(HubErrorRecords.From(exception, _item));
        }

        return false;
    }
}
