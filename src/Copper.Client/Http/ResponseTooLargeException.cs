namespace Copper.Client;

/// <summary>The body of a response is larger than allowed; the caller sees it as a response that cannot be read.</summary>
internal sealed class ResponseTooLargeException(long limit) : Exception("The response is too large.")
{
    /// <summary>The bytes that are allowed.</summary>
    public long Limit { get; } = limit;
}
