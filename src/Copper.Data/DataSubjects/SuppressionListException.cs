namespace Copper.Data.DataSubjects;

/// <summary>A file is no suppression list, or cannot be used as one; the message says why and what to do.</summary>
public sealed class SuppressionListException : Exception
{
    /// <summary>An exception with this message.</summary>
    public SuppressionListException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
