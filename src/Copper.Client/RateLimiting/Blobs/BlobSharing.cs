using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.RateLimiting.Blobs;

/// <summary>Joins a limit that processes on several machines share by means of a blob.</summary>
internal static class BlobSharing
{
    /// <summary>The limiter of a credential; nothing is sent yet.</summary>
    /// <param name="registry">The limiters of this process.</param>
    /// <param name="address">The blob.</param>
    /// <param name="fingerprint">Identifies the credential.</param>
    /// <param name="createHandler">Creates the transport to the server at this address.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="ArgumentException">There is no right to use the blob: no SAS, and no managed identity.</exception>
    public static CrossProcessRateLimiter Open(
        CrossProcessRateLimiterRegistry registry,
        BlobAddress address,
        string fingerprint,
        Func<Uri, HttpMessageHandler> createHandler,
        Clock clock)
    {
        var endpoint = address.Sas is null ? FindIdentityEndpoint() : null;

        // Another SAS for the same blob is another store of this process: each takes part with the right that it has.
        var store = $"{address.Uri} {LimiterDirectory.Key("sas", address.Sas?.Text ?? string.Empty):n}";
        return registry.Open(store, fingerprint, Create, new RemoteProcesses());

        ILimiterStore Create() => new BlobLimiterStore(
            address.Uri,
            address.Sas is { } sas ? new SasAuthorization(sas) : new ManagedIdentityAuthorization(
                endpoint!,
                Environment.GetEnvironmentVariable(ManagedIdentityAuthorization.HeaderVariable),
                new HttpMessageInvoker(createHandler(endpoint!)),
                clock),
            new HttpMessageInvoker(createHandler(address.Uri)),
            clock);
    }

    private static Uri FindIdentityEndpoint()
    {
        var text = Environment.GetEnvironmentVariable(ManagedIdentityAuthorization.EndpointVariable);
        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new ArgumentException(
                "The shared limit has no key to its blob. Give a shared access signature (SAS) with the permissions read, create and "
                + "write, in the address or beside it; or run where there is a managed identity, as in Azure Automation: here the "
                + $"environment variable {ManagedIdentityAuthorization.EndpointVariable} is "
                + (string.IsNullOrEmpty(text) ? "not set." : "no address."));
    }
}
