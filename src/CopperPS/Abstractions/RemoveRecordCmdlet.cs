using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Http.Errors;
using CopperPS.Binding;
using CopperPS.Pipeline;

namespace CopperPS.Abstractions;

/// <summary>Deletes records for good.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class RemoveRecordCmdlet<T> : ItemCmdlet
    where T : class, ICopperRecord
{
    private protected RemoveRecordCmdlet()
    {
    }

    /// <summary>The records to delete: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(ListedNameCompleter))]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output id and entity of each record that was deleted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract RecordEndpoint<T> Endpoint { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Id)
        {
            try
            {
                Remove(IdentifiedItem(reference, Endpoint.Entity.Name));
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

    private void Remove(CopperReference reference)
    {
        var id = WireValues.IdOf(reference, Endpoint.Entity.Name);
        var target = TargetOf(Endpoint.Entity, id, reference);
        if (!ShouldProcess(target, "Delete for good"))
        {
            return;
        }

        var output = PassThru.IsPresent;
        StartCall(
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
