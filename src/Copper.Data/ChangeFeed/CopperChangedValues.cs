using Copper.Data.Columns;

namespace Copper.Data.ChangeFeed;

/// <summary>
/// Values of a record before or after a change, by the names of its properties. Only what differs is in it; all of a deleted record. Its
/// text is in one line.
/// </summary>
public sealed class CopperChangedValues : Dictionary<string, object?>
{
    internal CopperChangedValues()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>For example <c>Title='CEO'; AssigneeId='7'</c>.</summary>
    public override string ToString() => string.Join("; ", this.Select(static value => $"{value.Key}='{RecordFields.Shown(value.Value)}'"));
}
