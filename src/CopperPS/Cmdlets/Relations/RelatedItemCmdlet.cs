using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Relations;

/// <summary>What the cmdlets of related items share: the record that they start from.</summary>
public abstract class RelatedItemCmdlet : SessionCmdlet
{
    private RecordKey[]? _targets;

    private protected RelatedItemCmdlet()
    {
    }

    /// <summary>The records to start from.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Id")]
    [ReferenceTransformation]
    public CopperReference?[] From { get; set; } = [];

    /// <summary>The entity of -From, when it is given by a bare id.</summary>
    [Parameter]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    public string? FromType { get; set; }

    /// <summary>The first place is -From, which the pipeline fills: what stands there beside it is meant for -To.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        PipedFrom.Check(this);
    }

    /// <summary>Runs an action for each record to start from. What is wrong with one keeps no other from its turn.</summary>
    private protected void ForEachFrom(Action<RecordKey> action)
    {
        foreach (var reference in From)
        {
            try
            {
                action(KeyOf(reference, FromType, nameof(From), nameof(FromType), RelatedResources.OfActivity));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                WriteFailure(exception, reference?.Source);
            }
        }
    }

    /// <summary>
    /// The records of -To, which are the same for every item: a name that is unknown ends the pipeline before the first request that
    /// changes something. False when there are none, which was reported then.
    /// </summary>
    private protected bool TryFindTargets(CopperReference?[] references, string? type, out RecordKey[] targets)
    {
        targets = _targets ?? [];
        try
        {
            targets = _targets ??= [.. references.Select(reference =>
                KeyOf(reference, type, "To", "Type", RelatedResources.OfActivity))];
            return true;
        }
        catch (InputRejectedException rejection)
        {
            RejectForAll(rejection);
        }
        catch (CopperException exception)
        {
            WriteFailure(exception, null);
        }

        return false;
    }

    private protected override ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) =>
        missing.Method == "GET" && target is RecordKey record ? ErrorRecords.NotFound(missing, record.EntityType, record.Id) : null;
}
