using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>The criteria of the records that stand for customers and deals: people, companies, leads and opportunities.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class GetCustomerRecordCmdlet<T> : GetNamedRecordCmdlet<T>
    where T : class, ICopperRecord
{
    private protected GetCustomerRecordCmdlet()
    {
    }

    /// <summary>At least so many interactions.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(0, int.MaxValue)]
    [Filter("minimum_interaction_count")]
    [WholeNumberTransformation]
    public int MinimumInteractionCount { get; set; }

    /// <summary>At most so many interactions.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(0, int.MaxValue)]
    [Filter("maximum_interaction_count")]
    [WholeNumberTransformation]
    public int MaximumInteractionCount { get; set; }

    /// <summary>Last interaction at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [Filter("minimum_interaction_date")]
    public DateTimeOffset InteractionAfter { get; set; }

    /// <summary>Last interaction at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [Filter("maximum_interaction_date")]
    public DateTimeOffset InteractionBefore { get; set; }

    /// <summary>Made no longer ago than this; a bare number is seconds.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [SecondsTransformation]
    [Filter("age")]
    public TimeSpan MaximumAge { get; set; }
}
