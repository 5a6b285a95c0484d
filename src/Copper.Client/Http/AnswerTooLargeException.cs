namespace Copper.Client.Http;

/// <summary>The body of an answer is larger than was allowed; told to the caller as an answer that cannot be read.</summary>
internal sealed class AnswerTooLargeException(long limit) : Exception("The answer is too large.")
{
    /// <summary>The bytes that were allowed.</summary>
    public long Limit { get; } = limit;
}
