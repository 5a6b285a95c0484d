namespace Copper.Client.Models;

/// <summary>An id in a record whose name is in one of the account's lists.</summary>
/// <param name="List">The list.</param>
/// <param name="Id">The id.</param>
/// <param name="Category">The category of a type of activities; null for user.</param>
public readonly record struct NameReference(NameList List, long Id, string? Category = null);
