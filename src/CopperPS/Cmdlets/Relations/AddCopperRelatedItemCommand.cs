using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Relations;

/// <summary>Relates records.</summary>
/// <remarks>A relation holds in both directions. A person has one company at most, and a task one record at most.</remarks>
[Cmdlet(VerbsCommon.Add, "CopperRelatedItem", SupportsShouldProcess = true)]
[OutputType(typeof(CopperRelatedItem))]
public sealed class AddCopperRelatedItemCommand : RelatedItemCmdlet
{
    /// <summary>The records to relate to.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ReferenceTransformation]
    public CopperReference?[] To { get; set; } = [];

    /// <summary>The entity of -To, when it is given by a bare id.</summary>
    [Parameter]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    public string? Type { get; set; }

    /// <summary>Output the relation.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        PipedFrom.Check(this, nameof(To));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryFindTargets(To, Type, out var targets))
        {
            ForEachFrom(from => Relate(from, targets));
        }
    }

    private void Relate(RecordKey from, RecordKey[] targets)
    {
        foreach (var to in targets)
        {
            RelatedPairs.Check(from, to);
            if (ShouldProcess(from.ToString(), $"Relate to {to}")
                && TryCall(token => Client.RelatedItems.AddAsync(from.Entity, from.Id, to.Entity, to.Id, token), from, out var item)
                && PassThru)
            {
                WriteObject(item);
            }
        }
    }
}
