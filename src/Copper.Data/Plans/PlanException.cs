namespace Copper.Data.Plans;

/// <summary>A plan, a step or a journal cannot be used as it is; the message says why and what to do.</summary>
public sealed class PlanException : Exception
{
    /// <summary>An exception with this message.</summary>
    public PlanException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
