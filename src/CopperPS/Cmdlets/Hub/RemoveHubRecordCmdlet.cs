using System.Management.Automation;
using Copper.Client.Hub;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>Deletes records of the CopperHub for good.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class RemoveHubRecordCmdlet<T> : HubSessionCmdlet
    where T : class, ICopperRecord
{
    private protected RemoveHubRecordCmdlet()
    {
    }

    /// <summary>The records to delete: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output id and entity of each record that was deleted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected CopperHubEndpoint<T> Endpoint => HubEndpoints.Of<T>(Client);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Id)
        {
            try
            {
                Remove(reference ?? throw RequestValueConverter.NullId(Endpoint.Entity.Name));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    private void Remove(CopperReference reference)
    {
        var id = RequestValueConverter.IdOf(Own(reference), Endpoint.Entity.Name);
        var target = reference.Source is ICopperRecord known ? $"{Endpoint.Entity} {id} ({known})" : $"{Endpoint.Entity} {id}";
        if (ShouldProcess(target, "Delete for good") && TryCall(token => DeleteAsync(id, token), id, out var removed) && PassThru)
        {
            WriteObject(removed);
        }
    }

    /// <summary>The response names no id.</summary>
    private async Task<CopperRemoval> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        await Endpoint.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        return new CopperRemoval(id, Endpoint.Entity.Name);
    }
}
