using System.Management.Automation;

namespace CopperPS.Cmdlets.Base;

/// <summary>A search whose results can be sorted.</summary>
internal interface ISortedSearch
{
    /// <summary>The field to sort by; null for the order of the entity.</summary>
    string? SortBy { get; }

    /// <summary>Last first.</summary>
    SwitchParameter Descending { get; }
}
