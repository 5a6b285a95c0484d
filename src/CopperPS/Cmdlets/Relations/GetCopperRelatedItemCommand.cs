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
    /// <summary>Only related records of these entities.</summary>
    [Parameter(Position = 1)]
    [EntityTransformation]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Ask for the names of the records that are related: one request more for up to 200 records of a kind.</summary>
    [Parameter]
    public SwitchParameter IncludeRelatedName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachFrom(Read);

    private void Read(RecordKey from)
    {
        IEnumerable<CopperEntity?> types = Type is null
            ? [null]
            : Type.Select(static word => CopperEntities.GetPrimary(word)).Distinct().Cast<CopperEntity?>();
        foreach (var type in types)
        {
            if (TryCall(token => Client.RelatedItems.GetAsync(from.Entity, from.Id, type, token), from, out var items))
            {
                WriteRelated(items);
            }
        }
    }
}
