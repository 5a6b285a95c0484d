using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Relations;

/// <summary>Removes connections between records. The records stay.</summary>
[Cmdlet(VerbsCommon.Remove, "CopperConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperConnectionCommand : SessionCmdlet
{
    private const string Entity = "connection";

    /// <summary>The connections to remove: ids of connections, or what Get-CopperConnection put out.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Output the id of each connection that was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Id)
        {
            try
            {
                Remove(reference ?? throw RequestValueConverter.Reject("The id of a connection is null.", null));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    private protected override ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) =>
        target is long id ? ErrorRecords.NotFound(missing, Entity, id) : null;

    private void Remove(CopperReference reference)
    {
        var id = RequestValueConverter.IdOf(Own(reference), Entity);
        var target = $"connection {id}";
        if (reference.Source is CopperConnection connection)
        {
            target = $"connection {id} ({connection})";
            CurrentSession.Journal?.Know(connection);
        }

        if (ShouldProcess(target, "Remove") && TryCall(token => RemoveAsync(id, token), id, out var removed) && PassThru)
        {
            WriteObject(removed);
        }
    }

    private async Task<CopperRemoval> RemoveAsync(long id, CancellationToken cancellationToken)
    {
        await Client.Connections.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        return new CopperRemoval(id, Entity);
    }
}
