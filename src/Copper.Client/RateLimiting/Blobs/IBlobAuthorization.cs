namespace Copper.Client.RateLimiting.Blobs;

/// <summary>The right to read and write a blob.</summary>
internal interface IBlobAuthorization
{
    /// <summary>Adds it to a request.</summary>
    /// <param name="message">The request, with the address of the blob.</param>
    /// <param name="cancellationToken">Ends the wait for a token.</param>
    /// <exception cref="IOException">There is no token; the message states why.</exception>
    ValueTask ApplyAsync(HttpRequestMessage message, CancellationToken cancellationToken);

    /// <summary>The service has rejected it.</summary>
    /// <returns>Whether a new one can be had, so that the request is worth another attempt.</returns>
    bool Reject();

    /// <summary>Why the service may have rejected it, and what to do; no secret.</summary>
    /// <param name="now">The time of the service; null when it is not known.</param>
    string ExplainRejection(DateTimeOffset? now);

    /// <summary>What to do when it does not permit an operation.</summary>
    string ExplainMissingPermission();
}
