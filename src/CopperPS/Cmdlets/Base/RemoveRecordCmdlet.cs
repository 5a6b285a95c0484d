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
    private OrderedWork? _work;

    private protected RemoveRecordCmdlet()
    {
    }

    /// <summary>The records to delete: ids, or anything that has one.</summary>
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
                Release();
                Work.Drain();
                ThrowTerminatingError(ErrorRecords.From(rejection));
            }
            catch (InputRejectedException rejection)
            {
                Work.Post(() => WriteError(ErrorRecords.From(rejection)));
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                Work.Post(() => WriteFailure(exception, reference?.Source));
            }
        }
    }

    /// <summary>Writes what is still in flight.</summary>
    protected override void EndProcessing()
    {
        Release();
        _work?.Drain();
        CompleteProgress();
    }

    /// <summary>Asks, and deletes one record.</summary>
    private protected void Remove(CopperReference reference)
    {
        var id = RequestValueConverter.IdOf(reference, Endpoint.Entity.Name);
        NoteItem();
        var target = TargetOf(Endpoint.Entity, id, reference);
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
