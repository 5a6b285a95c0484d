using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Relations;

/// <summary>Reads which records are related to a record.</summary>
/// <remarks>The output stands for the related record, so it can be piped to the Get cmdlet of its entity.</remarks>
[Cmdlet(VerbsCommon.Get, "CopperRelatedItem")]
[OutputType(typeof(CopperRelatedItem))]
public sealed class GetCopperRelatedItemCommand : RelatedItemCmdlet, IUnreadableItemReporter, IRelatedNames
{
    /// <summary>So many records to start from have their related items named without being told to.</summary>
    private const int FewRecords = 3;

    /// <summary>What is held back while there are few records; null once there were more, or where the switch decides.</summary>
    private List<CopperRelatedItem>? _held;
    private int _count;

    /// <summary>Only related records of these entities.</summary>
    [Parameter(Position = 1)]
    [EntityTransformation]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>
    /// Ask for the names of the records that are related: one request more for up to 200 records of a kind. Without the switch that is
    /// done for up to three records to start from.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeRelatedName { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _held = MyInvocation.BoundParameters.ContainsKey(nameof(IncludeRelatedName)) ? null : [];
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachFrom(Read);

    /// <summary>There were only few records: the names cost hardly a request.</summary>
    protected override void EndProcessing()
    {
        if (_held is { Count: > 0 } held)
        {
            ReadRelatedNames(held);
            WriteObject(held, enumerateCollection: true);
        }

        base.EndProcessing();
    }

    private void Read(RecordKey from)
    {
        if (++_count > FewRecords && _held is { } held)
        {
            _held = null;
            WriteObject(held, enumerateCollection: true);
        }

        IEnumerable<CopperEntity?> types = Type is null
            ? [null]
            : Type.Select(static word => CopperEntities.GetPrimary(word)).Distinct().Cast<CopperEntity?>();
        foreach (var type in types)
        {
            if (!TryCall(token => Client.RelatedItems.GetAsync(from.Entity, from.Id, type, token), from, out var items))
            {
                continue;
            }

            if (_held is not null)
            {
                _held.AddRange(items);
            }
            else
            {
                WriteRelated(items);
            }
        }
    }
}
