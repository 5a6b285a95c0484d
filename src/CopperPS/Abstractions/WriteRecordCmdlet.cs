using System.Collections;
using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Http.Errors;
using Copper.Client.Json;
using CopperPS.Binding;
using CopperPS.Pipeline;

namespace CopperPS.Abstractions;

/// <summary>
/// What New and Set of one entity share: the parameters that are fields, declared once, and how they become a body. A leaf
/// calls <see cref="Create"/> or <see cref="Update"/>.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteRecordCmdlet<T> : SessionCmdlet
    where T : class, ICopperRecord
{
    private GivenParameters? _given;

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
        _given = new GivenParameters(MyInvocation);
    }

    /// <summary>The present item of the pipeline is a record: only what was typed is meant.</summary>
    private protected bool InputIsRecord { get; private set; }

    private protected bool IsGiven(string parameter, object? value) => _given!.Contains(parameter, value, InputIsRecord);

    private protected bool WasTyped(string parameter) => _given!.WasTyped(parameter);

    /// <summary>Fields that need more than one parameter, or more thought.</summary>
    private protected virtual void AddFields(JsonBody fields)
    {
    }

    /// <summary>Changes that can only be made knowing the record as it stands; the parameters that ask for them.</summary>
    private protected virtual IEnumerable<string> ChangesOfPresent() => [];

    /// <summary>Adds the fields that depend on the record as it stands.</summary>
    private protected virtual void AddFieldsFromPresent(JsonBody fields, T present)
    {
    }

    /// <summary>Changes that are calls of their own, after the fields are written; returns true when one was made.</summary>
    private protected virtual Task<bool> ChangeFurtherAsync(T present, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>What an update does, for -WhatIf and -Confirm.</summary>
    private protected virtual string Describe(IEnumerable<string> changes) => "Set " + string.Join(", ", changes);

    /// <summary>Makes one record of the parameters and writes it as the service returned it.</summary>
    private protected void Create()
    {
        if (!TryBuild(out var fields))
        {
            return;
        }

        var name = fields.Contains("name") ? fields["name"] : null;
        var target = name is null ? $"new {Endpoint.Entity}" : $"{Endpoint.Entity} '{name}'";
        if (ShouldProcess(target, $"Create with {string.Join(", ", fields.Names)}") && TryCall(token => Endpoint.CreateAsync(fields, token), name, out var record))
        {
            WriteObject(record);
        }
    }

    /// <summary>Changes the given fields of each record.</summary>
    private protected void Update(IEnumerable<CopperReference?> references, bool passThru)
    {
        foreach (var reference in references)
        {
            InputIsRecord = reference is { IsRecord: true } && !WasTyped("Id");
            try
            {
                UpdateOne(WireValues.IdOf(reference ?? throw WireValues.Refuse($"The id of {EntityWords.WithArticle(Endpoint.Entity.Name)} is null.", null), Endpoint.Entity.Name), reference, passThru);
            }
            catch (RefusedException refusal)
            {
                WriteError(refusal.Record);
            }
        }
    }

    private void UpdateOne(long id, CopperReference reference, bool passThru)
    {
        if (!TryBuild(out var fields))
        {
            return;
        }

        var ofPresent = ChangesOfPresent().ToArray();
        if (fields.Count == 0 && ofPresent.Length == 0)
        {
            WriteError(ErrorRecords.Invalid($"Nothing to set on {Endpoint.Entity} {id}: give at least one field. A field is cleared with $null, for example -Details $null.", id, "CopperNothingToSet"));
            return;
        }

        var target = reference.Source is ICopperRecord known ? $"{Endpoint.Entity} {id} ({known})" : $"{Endpoint.Entity} {id}";
        if (ShouldProcess(target, Describe(fields.Names.Concat(ofPresent)))
            && TryCall(token => UpdateAsync(id, fields, ofPresent.Length > 0, passThru, token), id, out var record)
            && passThru)
        {
            WriteObject(record);
        }
    }

    private async Task<T?> UpdateAsync(long id, JsonBody fields, bool needsPresent, bool passThru, CancellationToken cancellationToken)
    {
        var record = needsPresent ? await Endpoint.GetAsync(id, cancellationToken).ConfigureAwait(false) : null;
        if (record is not null)
        {
            AddFieldsFromPresent(fields, record);
        }

        var present = record;
        if (fields.Count > 0)
        {
            record = await Endpoint.UpdateAsync(id, fields, cancellationToken).ConfigureAwait(false);
        }

        if (present is not null && await ChangeFurtherAsync(present, cancellationToken).ConfigureAwait(false) && passThru)
        {
            record = await Endpoint.GetAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return record;
    }

    /// <summary>Makes the body of the parameters; false when it cannot be right, which was said then.</summary>
    private protected bool TryBuild(out JsonBody fields)
    {
        fields = [];
        try
        {
            foreach (var entry in ParameterMap<FieldAttribute>.Of(GetType()))
            {
                var value = entry.ValueOf(this);
                if (IsGiven(entry.Parameter, value))
                {
                    fields[entry.Attribute.Name] = WireValues.OfField(WithIds(value, entry.Attribute.Entity), entry.Property.PropertyType, entry.Attribute.Entity);
                }
            }

            AddFields(fields);
            foreach (DictionaryEntry member in Property)
            {
                var name = WireValues.KeyOf(member);
                if (fields.Contains(name))
                {
                    throw WireValues.Refuse($"'{name}' is given twice: by its parameter and in -Property.", Property);
                }

                fields[name] = WireValues.Raw(member.Value);
            }

            return true;
        }
        catch (RefusedException refusal)
        {
            WriteError(refusal.Record);
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.From(exception, null));
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            WriteFailure(exception, null);
        }

        return false;
    }

    private protected override void WriteFailure(Exception exception, object? target)
    {
        if (exception is CopperNotFoundException missing && target is long id && Endpoint.IsRecordPath(missing.Path, id))
        {
            WriteError(ErrorRecords.NotFound(missing, Endpoint.Entity.Name, id));
        }
        else
        {
            base.WriteFailure(exception, target);
        }
    }
}
