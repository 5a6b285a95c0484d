using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>What a heading of a file stands for: a column, a custom field, the category of an address, or nothing.</summary>
/// <param name="Text">The heading as the file has it.</param>
/// <param name="Column">The column; for a custom field one of its own.</param>
/// <param name="Field">The custom field; null for none.</param>
/// <param name="CategoryOf">The heading is of the category of what stands in this column; null otherwise.</param>
internal sealed record ImportHeading(string Text, Column? Column, CopperCustomFieldDefinition? Field = null, Column? CategoryOf = null)
{
    /// <summary>The name of the column.</summary>
    public string Name => Field?.Name?.Trim() ?? Column?.Name ?? CategoryOf?.Name ?? Text;
}
