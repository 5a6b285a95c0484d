using System.ComponentModel;

namespace Copper.Data.Columns;

/// <summary>The items of a cell that holds several.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellItems
{
    /// <summary>Items that a cell separates by semicolons.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="known">Items that are known to be whole, though they hold semicolons themselves.</param>
    public static string[] Of(string cell, IEnumerable<string?> known) => CellReader.Items(cell, known);
}
