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

    /// <summary>The next record to change is taken.</summary>
    private protected virtual void BeginItem(CopperReference? item)
    {
    }

    /// <summary>Changes of the present item that can only be made knowing the record as it stands.</summary>
    private protected virtual IEnumerable<PresentChange<T>> ChangesOfPresent() => [];

    /// <summary>What an update does, for -WhatIf and -Confirm.</summary>
    private protected virtual string Describe(IEnumerable<string> changes) => "Set " + string.Join(", ", changes.Select(Label));

    /// <summary>What -WhatIf and -Confirm call a field.</summary>
    private protected virtual string Label(string field) => field;

    /// <summary>What -WhatIf and -Confirm call a record that is to be made.</summary>
    private protected virtual string TargetOfNew(JsonBody fields) => fields.Contains("name") && fields["name"] is { } name ? $"{Endpoint.Entity} '{name}'" : $"new {Endpoint.Entity}";

    /// <summary>Makes one record of the parameters and writes it as the service returned it.</summary>
    private protected void Create()
    {
        if (!InputSaysAnything() || !TryBuild(out var fields, SaidOfNew()))
        {
            return;
        }

        var name = fields.Contains("name") ? fields["name"] : null;
        if (ShouldProcess(TargetOfNew(fields), $"Create with {string.Join(", ", fields.Names.Select(Label))}"))
        {
            Submit(new RecordWrite<T>(null, fields, [], Given ?? name, output: true));
        }
    }

    /// <summary>What the pipeline brought is of use; otherwise that was said.</summary>
    private protected bool InputSaysAnything()
    {
        if (Input is not { } row || PipelineRow.SaysAnything(row, MyInvocation))
        {
            return true;
        }

        Refuse(ErrorRecords.Invalid($"The input '{row}' has none of the properties that make {EntityWords.WithArticle(Endpoint.Entity.Name)}: {string.Join(", ", PipelineRow.Taken(MyInvocation).OrderBy(static name => name, StringComparer.Ordinal))}. Give objects that have some, such as the rows of a CSV file.", row));
        return false;
    }

    /// <summary>Changes the given fields of each record.</summary>
    private protected void Update(IReadOnlyCollection<CopperReference?> references, bool passThru)
    {
        foreach (var reference in references)
        {
            BeginItem(reference);
            InputIsRecord = reference is { IsRecord: true } && !WasTyped("Id");
            _updated = reference;
            try
            {
                var found = IdentifiedItem(reference, Endpoint.Entity.Name);
                var id = WireValues.IdOf(found, Endpoint.Entity.Name);
                UpdateOne(id, found, passThru, IsOneOfMany(references) ? $"The {Endpoint.Entity} {id} was not changed." : null);
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

    private void UpdateOne(long id, CopperReference reference, bool passThru, string? said)
    {
        if (!TryBuild(out var fields, said))
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
            Submit(new RecordWrite<T>(id, fields, changes, Given ?? id, passThru));
        }
    }

    /// <summary>What an error says besides of a record that one row out of many was to become; null when it needs no telling apart.</summary>
    private protected virtual string? SaidOfNew() =>
        Input is not null && ParameterMap<FieldAttribute>.Of(GetType()).FirstOrDefault(static entry => entry.Attribute.Name == "name")?.ValueOf(this) is string { Length: > 0 } name
            ? $"The {Endpoint.Entity} '{name}' was not written."
            : null;

    /// <summary>Makes the body of the parameters; false when it cannot be right, which was said then.</summary>
    /// <param name="fields">The body.</param>
    /// <param name="said">What an error says besides.</param>
    private protected bool TryBuild(out JsonBody fields, string? said = null)
    {
        fields = [];
        try
        {
            foreach (var entry in ParameterMap<FieldAttribute>.Of(GetType()))
            {
                var value = entry.ValueOf(this);
                if (IsGiven(entry.Parameter, value))
                {
                    value = entry.Known(value, word => $"write it with -Property @{{ {entry.Attribute.Name} = {word} }}.");
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
            Refuse(said is null ? refusal.Record : ErrorRecords.Saying(refusal.Record, said));
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
                var record = ErrorRecords.Saying(ErrorRecords.From(exception, target), doneBefore);
                if (exception is CopperAuthenticationException)
                {
                    ThrowTerminatingError(record);
                }

                WriteError(record);
                break;
            case RefusedException refusal:
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
