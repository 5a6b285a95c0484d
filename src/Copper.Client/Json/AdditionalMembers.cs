using System.Collections;
using System.Globalization;

namespace Copper.Client.Json;

/// <summary>
/// The members of a record that this version does not know, under the names that the service uses. Values are text, numbers
/// (long, decimal, BigInteger or double; as text where none of them holds it exactly), bool, null, lists
/// (<see cref="JsonArray"/>) and nested <see cref="AdditionalMembers"/>.
/// </summary>
/// <remarks>Copper may add members at any time (developer.copper.com/introduction/change_policy); none is ever dropped.</remarks>
public sealed class AdditionalMembers : Dictionary<string, object?>
{
    /// <summary>An empty set of members.</summary>
    public AdditionalMembers()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>
    /// The members that have a value, in one line, so that a CSV shows them instead of a type name: by name, so that the same
    /// members read the same, however they came (a file of the past gives them back in any order).
    /// </summary>
    public override string ToString() => string.Join("; ", this
        .Where(static member => member.Value is not null)
        .OrderBy(static member => member.Key, StringComparer.Ordinal)
        .Select(static member => member.Key + "=" + Text(member.Value)));

    internal static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}

/// <summary>A JSON array of plain values. Its text is its items, joined by <c>; </c>.</summary>
public sealed class JsonArray : IReadOnlyList<object?>
{
    private readonly List<object?> _items = [];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public object? this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", _items.Select(AdditionalMembers.Text));

    internal void Add(object? item) => _items.Add(item);
}
