using System.Globalization;
using System.Net.Sockets;

namespace Copper.Client.RateLimiting.Shared;

/// <summary>
/// The store cannot be reached now, though nothing is wrong with what was configured: a network that fails, a server that is busy. A
/// session opens all the same, and goes on with a share of the limit.
/// </summary>
/// <param name="message">What has failed.</param>
/// <param name="innerException">The cause.</param>
internal sealed class StoreUnreachableException(string message, Exception? innerException = null) : IOException(message, innerException)
{
    /// <summary>The store has not responded within a time.</summary>
    public static StoreUnreachableException Silent(TimeSpan time) =>
        new(string.Format(CultureInfo.InvariantCulture, "The storage did not respond within {0:0.#} seconds", time.TotalSeconds));

    /// <summary>Nothing listens at the address.</summary>
    public bool IsRefused
    {
        get
        {
            for (var cause = InnerException; cause is not null; cause = cause.InnerException)
            {
                if (cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                {
                    return true;
                }
            }

            return false;
        }
    }
}
