using System.Net;
using Copper.Client;

namespace WebhookReceiver;

/// <summary>How an application with dependency injection gets its one <see cref="CopperClient"/>.</summary>
internal static class CopperServices
{
    /// <summary>
    /// Adds the client. One for the whole application: it keeps the account's rate limit. Its connections are those of an
    /// IHttpClientFactory, so that handlers for logs or measurements can be added by the builder that is returned.
    /// </summary>
    public static IHttpClientBuilder AddCopperClient(this IServiceCollection services, IConfiguration copper)
    {
        services.AddSingleton(provider => new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey(Required("UserEmail"), Required("ApiKey")),
            BaseUri = new Uri(copper["BaseUri"] ?? CopperClientOptions.DefaultBaseUri.OriginalString),
            HttpClient = provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(CopperClient)),
        }));
        return services.AddHttpClient(nameof(CopperClient))

            // A redirect would hand the credential to another address. Retries are the client's: it knows what may be sent twice.
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });

        string Required(string name) => copper[name]
            ?? throw new InvalidOperationException($"Set Copper:{name} (in the environment: Copper__{name}).");
    }
}
