using System.Net.Http.Json;
using System.Text.Json;

namespace Copper.Client.Bench;

/// <summary>
/// Reads all people of an account, by the bare means of .NET or through Copper.Client. It runs in the process of the cmdlets, with their
/// own Copper.Client, so that all of them meet the same machine and the same code.
/// </summary>
public sealed class PeopleReading : IDisposable
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly HttpClient _bare;
    private readonly CopperClient _client;

    /// <summary>Connects both.</summary>
    /// <param name="baseUri">The address of the sandbox host.</param>
    /// <param name="userEmail">Who calls.</param>
    /// <param name="apiKey">The key.</param>
    /// <param name="rateLimit">The limit of Copper.Client.</param>
    public PeopleReading(Uri baseUri, string userEmail, string apiKey, string rateLimit = "1000000/1s")
    {
        var handler = new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All };
        _bare = new HttpClient(handler) { BaseAddress = new Uri(baseUri + "/") };
        _bare.DefaultRequestHeaders.Add("X-PW-AccessToken", apiKey);
        _bare.DefaultRequestHeaders.Add("X-PW-Application", "developer_api");
        _bare.DefaultRequestHeaders.Add("X-PW-UserEmail", userEmail);
        _client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey(userEmail, apiKey),
            BaseUri = baseUri,
            RateLimits = [RateLimit.Parse(rateLimit)],
        });
    }

    /// <summary>HttpClient and JsonSerializer, one page after the other. Returns the number of people.</summary>
    public int ReadBare() => Task.Run(ReadBareAsync).GetAwaiter().GetResult();

    /// <summary>Copper.Client, with its defaults. Returns the number of people.</summary>
    public int Read() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    /// <summary>Copper.Client, one page after the other, as the bare means do. Returns the number of people.</summary>
    public int ReadSequentially() => Task.Run(ReadSequentiallyAsync).GetAwaiter().GetResult();

    /// <summary>Copper.Client, told that all are read. Returns the number of people.</summary>
    public int ReadList() => Task.Run(async () => (await _client.People.Search(new SearchQuery()).ToListAsync()).Count)
        .GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        _bare.Dispose();
        _client.Dispose();
    }

    private async Task<int> ReadBareAsync()
    {
        var people = 0;
        for (var number = 1; ; number++)
        {
            using var reply = await _bare.PostAsJsonAsync("people/search",
                new { page_number = number, page_size = 200, sort_by = "date_created" });
            var page = (await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<List<BarePerson>>(SnakeCase))!;
            people += page.Count;
            if (page.Count < 200)
            {
                return people;
            }
        }
    }

    private async Task<int> ReadAsync()
    {
        var people = 0;
        await foreach (var _ in _client.People.Search(new SearchQuery()))
        {
            people++;
        }

        return people;
    }

    private async Task<int> ReadSequentiallyAsync()
    {
        for (var people = 0; ;)
        {
            var before = people;
            await foreach (var _ in _client.People.Search(new SearchQuery { Skip = people, First = SearchQuery.LargestPage }))
            {
                people++;
            }

            if (people - before < SearchQuery.LargestPage)
            {
                return people;
            }
        }
    }
}
