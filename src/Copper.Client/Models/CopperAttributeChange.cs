using System.Globalization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>One field that was changed, with its value before and after.</summary>
public sealed class CopperAttributeChange
{
    /// <summary>The field: its name on the wire; for a custom field its name in the account, or its id while that is not known.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The id of the custom field's definition; null for a standard field.</summary>
    public long? DefinitionId { get; set; }

    /// <summary>
    /// The value before, as the service sends it: text, number, true or false, Unix seconds for a date, a list
    /// (<see cref="JsonArray"/>), nested <see cref="AdditionalMembers"/>; null for none.
    /// </summary>
    public object? OldValue { get; set; }

    /// <summary>The value after, in the same forms.</summary>
    public object? NewValue { get; set; }

    /// <summary>For example <c>title: Countess -&gt; Lady</c>.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0}: {1} -> {2}", Name, OldValue ?? "(none)", NewValue ?? "(none)");
}

/// <summary>The fields that an update changed. <c>notification.UpdatedAttributes["title"].NewValue</c> reads one by its name.</summary>
public sealed class CopperAttributeChangeList : CopperList<CopperAttributeChange>
{
    /// <summary>
    /// The change of a field, by its name (capitals do not matter) or the id of its definition; null when it did not change.
    /// </summary>
    public CopperAttributeChange? this[string name] => Find(change =>
        string.Equals(change.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(change.DefinitionId?.ToString(CultureInfo.InvariantCulture), name, StringComparison.Ordinal));
}
