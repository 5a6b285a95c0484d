using System.Net;
using Copper.Client;

// Where every host looks for extensions of its services.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How an application with dependency injection gets its one <see cref="CopperClient"/>. Take this file with you.</summary>
internal static class CopperServices
{
    /// <summary>
    /// Adds the client. One for the whole application: it keeps the account's rate limit. Its connections are those of an
    /// IHttpClientFactory, so that handlers for logs or measurements can be added by the builder that is returned.
    /// </summary>
    public static IHttpClientBuilder AddCopperClient(this IServiceCollection services, Action<CopperClientOptions> configure)
    {
        services.AddSingleton(provider =>
        {
            var factory = provider.GetRequiredService<IHttpClientFactory>();
            var options = new CopperClientOptions { HttpClient = factory.CreateClient(nameof(CopperClient)) };
            configure(options);
            return new CopperClient(options);
        });

        // A redirect would hand the credential to another address. Retries are the client's: it knows what may be sent twice.
        return services.AddHttpClient(nameof(CopperClient)).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
    }
}
