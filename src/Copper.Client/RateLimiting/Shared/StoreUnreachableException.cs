namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// The store cannot be reached now, though nothing is wrong with what was configured: a network that fails, a server that is busy. A
/// session opens all the same, and goes on with a share of the limit.
/// </summary>
/// <param name="message">What has failed.</param>
/// <param name="innerException">The cause.</param>
internal sealed class StoreUnreachableException(string message, Exception? innerException = null) : IOException(message, innerException);
