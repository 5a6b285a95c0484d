namespace Copper.Data.Plans;

/// <summary>A plan, a step or a journal cannot be used as it is; the message says why and what to do.</summary>
public sealed class PlanException : Exception
{
    /// <summary>An exception with this message.</summary>
    public PlanException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The file that was given as a journal, and is none that can be read; null where something else is at fault.</summary>
    public string? JournalPath { get; init; }
}
