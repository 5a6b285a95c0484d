using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Relations;

/// <summary>Ends relations between records. The records stay.</summary>
/// <remarks>What Get-CopperRelatedItem put out can be piped: it knows both records.</remarks>
[Cmdlet(VerbsCommon.Remove, "CopperRelatedItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRelatedItem))]
public sealed class RemoveCopperRelatedItemCommand : RelatedItemCmdlet
{
    /// <summary>The records that are not to be related any more.</summary>
    [Parameter(Position = 1)]
    [ReferenceTransformation]
    [ValidateNotNullOrEmpty]
    public CopperReference?[]? To { get; set; }

    /// <summary>The entity of -To, when it is given by a bare id.</summary>
    [Parameter]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    public string? Type { get; set; }

    /// <summary>Output the relation that was ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RecordKey[]? targets = null;
        if (To is null || TryFindTargets(To, Type, out targets))
        {
            ForEachFrom(from => RemoveFrom(from, targets));
        }
    }

    private void RemoveFrom(RecordKey from, RecordKey[]? targets)
    {
        if (targets is not null)
        {
            foreach (var to in targets)
            {
                Remove(from, to);
            }
        }
        else if (from.Source is CopperRelatedItem { FromType: not null } item)
        {
            var start = RecordKey.Of(CopperReference.From(item.FromId), item.FromType, nameof(From), nameof(FromType));
            Remove(start.Named(item.FromName), from);
        }
        else
        {
            throw RequestValueConverter.Reject(
                $"-To is missing: say which record {from} is not to be related to any more, or pipe what Get-CopperRelatedItem put out.",
                from.Source);
        }
    }

    private void Remove(RecordKey from, RecordKey to)
    {
        RelatedPairs.Check(from, to);
        if (ShouldProcess(from.ToString(), $"End the relation to {to}")
            && TryCall(token => Client.RelatedItems.RemoveAsync(from.Entity, from.Id, to.Entity, to.Id, token), from, out var item)
            && PassThru)
        {
            WriteObject(item);
        }
    }
}
