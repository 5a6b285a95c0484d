namespace Copper.Client.Metadata;

/// <summary>A list that could not be read.</summary>
/// <param name="ItemName">What one of its items is called, for example contact type.</param>
/// <param name="Items">What they are called together, for example contact types.</param>
/// <param name="Failure">Why.</param>
public sealed record MissedList(string ItemName, string Items, CopperException Failure);
