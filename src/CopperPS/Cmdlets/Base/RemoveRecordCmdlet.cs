using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>Deletes records for good.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class RemoveRecordCmdlet<T> : SessionCmdlet
    where T : class, ICopperRecord
{
    /// <summary>So many records are read in one request for a journal.</summary>
    private const int MostHeld = 200;

    private readonly List<long> _held = [];
    private readonly List<(long Id, CopperReference Reference)> _unnamed = [];
    private OrderedWork? _work;

    private protected RemoveRecordCmdlet()
    {
    }

    /// <summary>
    /// The records to delete: ids, or anything that has one. With -WhatIf or -Confirm, those given by a bare id are read first, to show
    /// their names.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(ListedNameCompleter))]
    public virtual CopperReference?[] Id { get; set; } = [];

    /// <summary>Output id and entity of each record that was deleted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The number of requests in flight at once, 1 to 32. With 1 each record is deleted before the next is taken.</summary>
    [Parameter]
    [ValidateRange(1, MostAtOnce)]
    [WholeNumberTransformation]
    public int ThrottleLimit { get; set; } = 1;

    private RecordEndpoint<T> Endpoint => RecordEndpoints.Of<T>(Client);

    private OrderedWork Work => _work ??= WithProgress(NewWork(ThrottleLimit), MyInvocation.ExpectingInput ? null : Id.Length);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Id)
        {
            try
            {
                Remove(IdentifiedItem(reference, Endpoint.Entity.Name));
            }
            catch (InputRejectedException rejection) when (rejection.IsOfEveryRecord)
            {
                ConfirmUnnamed();
                Release();
                Work.Drain();
                ThrowTerminatingError(ErrorRecords.From(rejection));
            }
            catch (InputRejectedException rejection)
            {
                ConfirmUnnamed();
                Work.Post(() => WriteError(ErrorRecords.From(rejection)));
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                ConfirmUnnamed();
                Work.Post(() => WriteFailure(exception, reference?.Source));
            }
        }
    }

    /// <summary>Writes what is still in flight.</summary>
    protected override void EndProcessing()
    {
        ConfirmUnnamed();
        Release();
        _work?.Drain();
        CompleteProgress();
    }

    /// <summary>Asks, and deletes one record.</summary>
    private protected void Remove(CopperReference reference)
    {
        var id = RequestValueConverter.IdOf(reference, Endpoint.Entity.Name);
        NoteItem();
        if (IsPreview && (_unnamed.Count > 0 || IsUnnamed(reference)))
        {
            // What is given after a bare id waits with it, so that the order stays.
            _unnamed.Add((id, reference));
            if (_unnamed.Count == MostHeld)
            {
                ConfirmUnnamed();
            }

            return;
        }

        Confirm(id, TargetOf(Endpoint.Entity, id, reference));
    }

    /// <summary>Nothing tells what the id stands for: a mistyped one would delete another record.</summary>
    private static bool IsUnnamed(CopperReference reference) =>
        reference.Source is not ICopperRecord && reference.Name is not { Length: > 0 }
            && RecordRow.From(reference.Source)?["Name"] is not string { Length: > 0 };

    /// <summary>Reads the records that were given by bare ids, 200 in a request, and asks about each.</summary>
    private void ConfirmUnnamed()
    {
        if (_unnamed.Count == 0)
        {
            return;
        }

        var items = _unnamed.ToArray();
        _unnamed.Clear();
        long[] ids = [.. items.Where(static item => IsUnnamed(item.Reference)).Select(static item => item.Id).Distinct()];
        IReadOnlyDictionary<long, T> found = new Dictionary<long, T>();
        if (Endpoint.Entity.IsFoundById && !TryCall(token => Endpoint.FindCurrentAsync(ids, token), null, out found))
        {
            return;
        }

        foreach (var (id, reference) in items)
        {
            if (!IsUnnamed(reference))
            {
                Confirm(id, TargetOf(Endpoint.Entity, id, reference));
            }
            else if (found.TryGetValue(id, out var record) || TryCall(token => Endpoint.GetAsync(id, token), id, out record))
            {
                Confirm(id, TargetOf(Endpoint.Entity, id, record.ToString()));
            }
        }
    }

    private void Confirm(long id, string target)
    {
        if (!ShouldProcess(target, "Delete for good"))
        {
            return;
        }

        // While the session keeps a journal, up to 200 records are read at once before the first of them is deleted.
        if (ReadAhead(Endpoint.Entity) is null)
        {
            Delete(id);
            return;
        }

        _held.Add(id);
        if (_held.Count == MostHeld)
        {
            Release();
        }
    }

    private void Release()
    {
        if (_held.Count == 0)
        {
            return;
        }

        long[] ids = [.. _held];
        _held.Clear();
        ReadAhead(Endpoint.Entity)?.Invoke(ids);
        foreach (var id in ids)
        {
            Delete(id);
        }
    }

    private void Delete(long id)
    {
        var output = PassThru.IsPresent;
        StartCall(
            Work,
            token => DeleteAsync(id, token),
            id,
            removed =>
            {
                if (output)
                {
                    WriteObject(removed);
                }
            },
            id);
    }

    private async Task<CopperRemoval> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        await Endpoint.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        return new CopperRemoval(id, Endpoint.Entity.Name);
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
