namespace Copper.Client.Json;

/// <summary>A list whose text is its items, joined by <c>; </c>, so that a CSV shows them instead of a type name.</summary>
/// <typeparam name="T">The items' type; its own text should be readable.</typeparam>
public class CopperList<T> : List<T>
{
    /// <summary>An empty list.</summary>
    public CopperList()
    {
    }

    /// <summary>A list of these items.</summary>
    public CopperList(IEnumerable<T> items)
        : base(items)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this.Select(static item => item?.ToString()));
}
