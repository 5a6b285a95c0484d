namespace CopperPS.Cmdlets.Base;

/// <summary>A cmdlet that can be asked for items by their names.</summary>
internal interface INameFilter
{
    /// <summary>The names; null for all items.</summary>
    string[]? Name { get; }
}
