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
public abstract partial class WriteRecordCmdlet<T> : ItemCmdlet
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

    /// <summary>Changes of the present item that can only be made knowing the record as it stands.</summary>
    private protected virtual IEnumerable<PresentChange<T>> ChangesOfPresent() => [];

    /// <summary>What an update does, for -WhatIf and -Confirm.</summary>
    private protected virtual string Describe(IEnumerable<string> changes) => "Set " + string.Join(", ", changes);

    /// <summary>Makes one record of the parameters and writes it as the service returned it.</summary>
    private protected void Create()
    {
        if (Input is { } row && !PipelineRow.SaysAnything(row, MyInvocation))
        {
            Refuse(ErrorRecords.Invalid($"The input '{row}' has none of the properties that make {EntityWords.WithArticle(Endpoint.Entity.Name)}: {string.Join(", ", PipelineRow.Taken(MyInvocation).OrderBy(static name => name, StringComparer.Ordinal))}. Give objects that have some, such as the rows of a CSV file.", row));
            return;
        }

        if (!TryBuild(out var fields))
        {
            return;
        }

        var name = fields.Contains("name") ? fields["name"] : null;
        var target = name is null ? $"new {Endpoint.Entity}" : $"{Endpoint.Entity} '{name}'";
        if (ShouldProcess(target, $"Create with {string.Join(", ", fields.Names)}"))
        {
            Submit(new RecordWrite<T>(null, fields, [], IsBulk ? BulkInput ?? name : name, output: true));
        }
    }

    /// <summary>Changes the given fields of each record.</summary>
    private protected void Update(IEnumerable<CopperReference?> references, bool passThru)
    {
        foreach (var reference in references)
        {
            InputIsRecord = reference is { IsRecord: true } && !WasTyped("Id");
            _updated = reference;
            try
            {
                var found = IdentifiedItem(reference, Endpoint.Entity.Name);
                UpdateOne(WireValues.IdOf(found, Endpoint.Entity.Name), found, passThru);
            }
            catch (RefusedException refusal)
            {
                Refuse(refusal.Record);
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                Refuse(exception, reference?.Source);
            }
        }
    }

    private void UpdateOne(long id, CopperReference reference, bool passThru)
    {
        if (!TryBuild(out var fields))
        {
            return;
        }

        var changes = ChangesOfPresent().ToArray();
        if (fields.Count == 0 && changes.Length == 0)
        {
            Refuse(ErrorRecords.Invalid($"Nothing to set on {Endpoint.Entity} {id}: give at least one field. A field is cleared with $null, for example -Details $null.", id, "CopperNothingToSet"));
            return;
        }

        var target = TargetOf(Endpoint.Entity, id, reference);
        if (ShouldProcess(target, Describe(fields.Names.Concat(changes.Select(static change => change.Name)))))
        {
            Submit(new RecordWrite<T>(id, fields, changes, IsBulk ? BulkInput : id, passThru));
        }
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
            Refuse(refusal.Record);
        }
        catch (ArgumentException exception)
        {
            Refuse(ErrorRecords.From(exception, null));
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            Refuse(exception, null);
        }

        return false;
    }

    private protected override void WriteFailure(Exception exception, object? target) => WriteFailure(exception, target, target as long?);

    private void WriteFailure(Exception exception, object? target, long? id)
    {
        switch (exception)
        {
            case RefusedException refusal:
                WriteError(refusal.Record);
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
