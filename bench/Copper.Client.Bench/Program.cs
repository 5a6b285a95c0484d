using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Copper.Client;
using Copper.Client.Bench;
using Copper.Client.Http;
using Copper.Client.RateLimiting;
using Copper.Client.Search;

// Reads all people of an account, by the bare means of .NET or through Copper.Client; in turn, so that both meet the same machine.
// Prints one line a round: the milliseconds of each.

var (baseUri, userEmail, apiKey, rounds) = (new Uri(args[0] + "/"), args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
var snakeCase = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
var handler = new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All };
using var bare = new HttpClient(handler) { BaseAddress = baseUri };
bare.DefaultRequestHeaders.Add("X-PW-AccessToken", apiKey);
bare.DefaultRequestHeaders.Add("X-PW-Application", "developer_api");
bare.DefaultRequestHeaders.Add("X-PW-UserEmail", userEmail);
using var client = new CopperClient(new CopperClientOptions
{
    Identity = CopperIdentity.FromApiKey(userEmail, apiKey),
    BaseUri = new Uri(args[0]),
    RateLimits = [RateLimit.Parse("1000000/1s")],
});

// Once for the just-in-time compiler.
var count = await ReadBareAsync();
if (await ReadAsync() != count)
{
    throw new InvalidOperationException("The two did not read the same number of people.");
}

for (var round = 0; round < rounds; round++)
{
    var (theirs, ours) = (await TimeAsync(ReadBareAsync), await TimeAsync(ReadAsync));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{theirs:0.0} {ours:0.0}"));
}

static async Task<double> TimeAsync(Func<Task<int>> read)
{
    GC.Collect();
    var watch = Stopwatch.StartNew();
    await read();
    return watch.Elapsed.TotalMilliseconds;
}

async Task<int> ReadBareAsync()
{
    var people = 0;
    for (var number = 1; ; number++)
    {
        using var reply = await bare.PostAsJsonAsync("people/search",
            new { page_number = number, page_size = 200, sort_by = "date_created" });
        var page = (await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<List<BarePerson>>(snakeCase))!;
        people += page.Count;
        if (page.Count < 200)
        {
            return people;
        }
    }
}

async Task<int> ReadAsync()
{
    var people = 0;
    await foreach (var _ in client.People.Search(new SearchQuery()))
    {
        people++;
    }

    return people;
}
