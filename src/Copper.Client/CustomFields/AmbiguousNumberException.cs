namespace Copper.Client.CustomFields;

/// <summary>A text is one number in every culture and another in the current one.</summary>
/// <param name="message">Both numbers.</param>
public sealed class AmbiguousNumberException(string message) : FormatException(message);
