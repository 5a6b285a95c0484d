namespace Copper.Client.Metadata;

/// <summary>A change of several requests failed after a part of it was done, and the part could not be undone.</summary>
/// <param name="message">What is done, and how the rest is done.</param>
/// <param name="failure">Why it failed.</param>
public sealed class PartialChangeException(string message, CopperException failure) : Exception(message, failure)
{
    /// <summary>Why the change failed.</summary>
    public CopperException Failure { get; } = failure;
}
