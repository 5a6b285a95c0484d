using System.Management.Automation;
using Copper.Client.Http;
using Copper.Client.Metadata;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Relations;

/// <summary>What the cmdlets of related items share: the record that they start from.</summary>
public abstract class RelatedItemCmdlet : SessionCmdlet
{
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
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    public string? FromType { get; set; }

    /// <summary>Runs an action for each record to start from. What is wrong with one keeps no other from its turn.</summary>
    private protected void ForEachFrom(Action<RecordKey> action)
    {
        foreach (var reference in From)
        {
            try
            {
                action(RecordKey.Of(reference, FromType, nameof(From), nameof(FromType)));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    private protected override ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) =>
        missing.Method == "GET" && target is RecordKey record ? ErrorRecords.NotFound(missing, record.EntityType, record.Id) : null;
}
