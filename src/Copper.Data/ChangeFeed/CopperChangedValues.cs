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

    /// <summary>What people read in place of ids and times, by the names of the properties.</summary>
    internal Dictionary<string, string> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The text of a value: a time as a date, a name in place of an id where the client has read the list. Empty for none.
    /// </summary>
    /// <param name="property">The name of the property.</param>
    public string TextOf(string property) => Texts.TryGetValue(property, out var text) ? text
        : TryGetValue(property, out var value) ? RecordFields.Shown(value) : string.Empty;

    /// <summary>
    /// For example <c>Title='CEO'; AssigneeId='Ada King'</c>: times as dates, and names in place of ids where the client has read the
    /// lists.
    /// </summary>
    public override string ToString() => string.Join("; ", Keys.Select(property => $"{property}='{TextOf(property)}'"));
}
