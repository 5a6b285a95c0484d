namespace Copper.Client.Json;

/// <summary>A list as it came: each item in its place, and what to report about those that could not be read.</summary>
internal sealed class ItemList<T>
    where T : class
{
    /// <summary>The items; null where the service sent null, or where an item cannot be read.</summary>
    public List<T?> Items { get; } = [];

    /// <summary>The items that cannot be read, in their order.</summary>
    public List<UnreadableItem> Unreadable { get; } = [];
}

/// <summary>An item of a list that cannot be read.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Problem">What is wrong with it, as the end of a sentence.</param>
/// <param name="Id">What stands in place of its id; null when nothing does.</param>
internal sealed record UnreadableItem(int Index, string Problem, string? Id);
