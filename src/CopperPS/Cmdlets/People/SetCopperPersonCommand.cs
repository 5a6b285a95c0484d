using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.People;

/// <summary>Changes people.</summary>
[Cmdlet(VerbsCommon.Set, "CopperPerson", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPerson))]
public sealed class SetCopperPersonCommand : PersonWriteCmdlet
{
    /// <summary>The people to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Tags to add to those that the person has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AddTag { get; set; }

    /// <summary>Tags to take from those that the person has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Output the person as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Send ten at a time.</summary>
    [Parameter]
    public SwitchParameter Bulk { get; set; }

    private protected override bool IsBulk => Bulk;

    private protected override string[]? TagsToAdd => AddTag;

    private protected override string[]? TagsToRemove => RemoveTag;

    private protected override bool MergesAddress => true;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Update(Id, PassThru);

    private protected override IEnumerable<ReadModifyWriteStep<CopperPerson>> ReadModifyWriteSteps() => base.ReadModifyWriteSteps().Concat(CompanyChanges());

    /// <summary>The person gets another company, or none. Sync-CopperPerson does it alike.</summary>
    internal static ReadModifyWriteStep<CopperPerson> CompanyChange(
        RecordEndpoint<CopperPerson> people, Func<CopperPerson, CancellationToken, Task<long?>> find)
    {
        long? wanted = null;
        return new ReadModifyWriteStep<CopperPerson>("company")
        {
            MakeAsync = async (present, token) =>
            {
                wanted = await find(present, token).ConfigureAwait(false);
                return await MoveAsync(people, present.Id, present.CompanyId, wanted, token).ConfigureAwait(false);
            },
            UndoAsync = (present, token) => MoveAsync(people, present.Id, wanted, present.CompanyId, token),
        };
    }

    /// <summary>The company of a person is a relation, of which there is at most one; the field only reads it (developer.copper.com/related-items).</summary>
    private static async Task<bool> MoveAsync(RecordEndpoint<CopperPerson> people, long id, long? former, long? wanted, CancellationToken cancellationToken)
    {
        if (wanted == former)
        {
            return false;
        }

        if (former is { } old)
        {
            await people.UnrelateAsync(id, "company", old, cancellationToken).ConfigureAwait(false);
        }

        if (wanted is { } company)
        {
            try
            {
                await people.RelateAsync(id, "company", company, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperException failure) when (former is { } lost)
            {
                // A person must not lose a company because the new one was refused.
                await RestoreAsync(people, id, lost, failure, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }

        return true;
    }

    private static async Task RestoreAsync(RecordEndpoint<CopperPerson> people, long id, long company, CopperException failure, CancellationToken cancellationToken)
    {
        try
        {
            await people.RelateAsync(id, "company", company, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException)
        {
            throw new InputRejectedException(ErrorRecords.WithSuffix(
                ErrorRecords.From(failure, id),
                $"Half of it is done: the person {id} is not in company {company} any more, and could not be put back. Set-CopperPerson {id} -Company {company} does it."));
        }
    }
}
