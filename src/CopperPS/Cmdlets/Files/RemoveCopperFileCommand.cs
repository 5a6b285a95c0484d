using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Files;

/// <summary>Deletes attached files for good.</summary>
/// <remarks>What Get-CopperFile put out knows its record; for the id of a file, give the record with -RelatedTo.</remarks>
[Cmdlet(VerbsCommon.Remove, "CopperFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class RemoveCopperFileCommand : FileCmdlet
{
    private const string Entity = "file";

    private (CopperEntity Entity, RecordKey Record)? _owner;

    /// <summary>The files to delete.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>The record that has the files, when they are given by their ids.</summary>
    [Parameter(Position = 1)]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    public CopperReference? RelatedTo { get; set; }

    /// <summary>Output the id of each file that was deleted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryFindOwner())
        {
            return;
        }

        foreach (var reference in Id)
        {
            try
            {
                Remove(reference ?? throw RequestValueConverter.Reject("The id of a file is null.", null));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    private void Remove(CopperReference reference)
    {
        var id = RequestValueConverter.IdOf(Own(reference), Entity);
        var (entity, ownerId) = OwnerOf(reference, id);
        var target = reference.Source is CopperFile file ? $"file {id} ({file})" : $"file {id}";
        if (ShouldProcess($"{target} of {entity} {ownerId}", "Delete for good")
            && TryCall(token => RemoveAsync(entity, ownerId, id, token), id, out var removed)
            && PassThru)
        {
            WriteObject(removed);
        }
    }

    /// <summary>
    /// Finds the record of -RelatedTo, which is the same for every file. False when it was not found, which was reported then.
    /// </summary>
    private bool TryFindOwner()
    {
        try
        {
            _owner ??= RelatedTo is null ? null : Owner(RelatedTo);
            return true;
        }
        catch (InputRejectedException rejection)
        {
            RejectForAll(rejection);
        }
        catch (CopperException exception)
        {
            // The name could not be looked up.
            WriteFailure(exception, RelatedTo!.Source);
        }

        return false;
    }

    private (CopperEntity Entity, long Id) OwnerOf(CopperReference reference, long id)
    {
        if (_owner is var (entity, record))
        {
            return (entity, record.Id);
        }

        return reference.Source is CopperFile { RelatedType: { } type } file
            ? (CopperEntities.GetPrimary(type), file.RelatedId)
            : throw RequestValueConverter.Reject($"The id of file {id} alone does not tell whose it is: give its record with "
                + "-RelatedTo, or pipe what Get-CopperFile put out.", reference.Source);
    }

    private async Task<CopperRemoval> RemoveAsync(CopperEntity entity, long ownerId, long id, CancellationToken cancellationToken)
    {
        await Client.Files.RemoveAsync(entity, ownerId, id, cancellationToken).ConfigureAwait(false);
        return new CopperRemoval(id, Entity);
    }
}
