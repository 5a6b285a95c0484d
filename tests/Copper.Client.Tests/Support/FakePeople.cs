using System.Globalization;
using System.Text.Json;

namespace Copper.Client.Tests.Support;

/// <summary>People whose search can be made to behave as the service may: bounds that are wrong or missing, pages that shift or are
/// short.</summary>
internal sealed class FakePeople
{
    private readonly Lock _gate = new();

    public FakePeople(int count) => Ids = [.. Enumerable.Range(1, count).Select(static id => (long)id)];

    /// <summary>The people that match, in order.</summary>
    public List<long> Ids { get; }

    /// <summary>What X-PW-TOTAL says of (page number, real count); null leaves it out.</summary>
    public Func<int, int, string?> Total { get; set; } = static (_, count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A page's ids may be changed before it goes out: (page number, ids).</summary>
    public Func<int, IEnumerable<long>, IEnumerable<long>> Page { get; set; } = static (_, ids) => ids;

    /// <summary>Runs after a page was made.</summary>
    public Action<int> AfterPage { get; set; } = static _ => { };

    public HttpResponseMessage Respond(ReceivedRequest request)
    {
        lock (_gate)
        {
            if (request.Method == "POST" && request.Path.EndsWith("/search", StringComparison.Ordinal))
            {
                return Search(request.Body);
            }

            var id = long.Parse(request.Path.Split('/')[^1], CultureInfo.InvariantCulture);
            if (!Ids.Contains(id))
            {
                return ScriptedService.Response(404);
            }

            if (request.Method == "DELETE")
            {
                Ids.Remove(id);
            }

            return ScriptedService.Response(200, $$"""{"id":{{id}},"is_deleted":true}""");
        }
    }

    private HttpResponseMessage Search(string body)
    {
        using var json = JsonDocument.Parse(body);
        var number = json.RootElement.GetProperty("page_number").GetInt32();
        var size = json.RootElement.GetProperty("page_size").GetInt32();
        var ids = Page(number, Ids.Skip((number - 1) * size).Take(size)).ToList();
        var text = "[" + string.Join(",", ids.Select(static id => $$"""{"id":{{id}},"name":"Person {{id}}"}""")) + "]";
        var response = Total(number, Ids.Count) is { } total ? ScriptedService.Response(200, text, ("X-PW-TOTAL", total))
            : ScriptedService.Response(200, text);
        AfterPage(number);
        return response;
    }
}
