using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Copper.Data.Tests.Support;

/// <summary>A service that shows the user some records no more: searches leave them out, and reading one by its id is an error.</summary>
internal sealed class HidingHandler : DelegatingHandler
{
    private readonly Dictionary<string, List<JsonNode>> _results = [];

    /// <summary>The records that are hidden: path and id.</summary>
    public HashSet<(string Path, long Id)> Hidden { get; } = [];

    /// <summary>
    /// What reading a hidden record responds with: nobody knows what the service does. OK: it is hidden in searches only.
    /// </summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.NotFound;

    /// <summary>The rights of the user, as a member of the user.</summary>
    public string Rights { get; set; } = "all";

    /// <summary>A member of searches that the service rejects, with its value where only that one is meant.</summary>
    public (string Name, string? Value)? Rejected { get; set; }

    /// <summary>A member of searches that the service ignores.</summary>
    public string? Ignored { get; set; }

    /// <summary>The count of a search has the hidden records in it, too: it is an upper bound.</summary>
    public bool CountsHidden { get; set; }

    /// <summary>What searches found is out of date.</summary>
    public void Forget() => _results.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Replace("/developer_api/v1/", string.Empty, StringComparison.Ordinal).Split('/');
        if (request.Content is not null && path[^1] == "search")
        {
            var criteria = JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            if (Rejected is var (rejected, value) && criteria[rejected] is { } given && (value ?? given.ToString()) == given.ToString())
            {
                var message = "Invalid input: Validation errors: Base: Unrecognized attributes specified: " + rejected;
                return Respond(
                    request, HttpStatusCode.UnprocessableEntity, $$"""{"success":false,"status":422,"message":"{{message}}"}""");
            }

            if (Ignored is { } ignored && criteria.Remove(ignored))
            {
                request.Content = ContentOf(criteria);
            }

            if (Hidden.Count > 0)
            {
                return await SearchAsync(request, path[0], criteria, cancellationToken);
            }
        }

        if (path.Length == 2 && long.TryParse(path[1], out var id) && request.Method == HttpMethod.Get && Hidden.Contains((path[0], id))
            && Status != HttpStatusCode.OK)
        {
            return Respond(request, Status, """{"success":false,"message":"No."}""");
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (path is ["users", "me"])
        {
            var user = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
            user["rights"] = Rights;
            response.Content = ContentOf(user);
        }

        return response;
    }

    /// <summary>A page of the records that are not hidden.</summary>
    private async Task<HttpResponseMessage> SearchAsync(
        HttpRequestMessage request, string path, JsonObject criteria, CancellationToken cancellationToken)
    {
        var (number, size) = ((int)criteria["page_number"]!, (int)criteria["page_size"]!);
        criteria.Remove("page_number");
        criteria.Remove("page_size");
        var key = path + criteria.ToJsonString();
        if (!_results.TryGetValue(key, out var found))
        {
            _results[key] = found = await ReadAsync(request, criteria, cancellationToken);
        }

        var shown = found.Where(item => !Hidden.Contains((path, item["id"]!.GetValue<long>()))).ToArray();
        var page = new JsonArray([.. shown.Skip((number - 1) * size).Take(size).Select(static item => item.DeepClone())]);
        var response = Respond(request, HttpStatusCode.OK, page.ToJsonString());
        response.Headers.Add("X-PW-TOTAL", $"{(CountsHidden ? found : (IReadOnlyCollection<JsonNode>)shown).Count}");
        return response;
    }

    private async Task<List<JsonNode>> ReadAsync(HttpRequestMessage request, JsonObject criteria, CancellationToken cancellationToken)
    {
        const int Size = 200;
        var found = new List<JsonNode>();
        criteria["page_size"] = Size;
        for (var number = 1; found.Count == (number - 1) * Size; number++)
        {
            criteria["page_number"] = number;
            using var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = ContentOf(criteria) };
            foreach (var header in request.Headers)
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            using var response = await base.SendAsync(copy, cancellationToken);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsArray();
            found.AddRange(page.Select(static item => item!));
            if (page.Count == 0)
            {
                break;
            }
        }

        return found;
    }

    private static StringContent ContentOf(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static HttpResponseMessage Respond(HttpRequestMessage request, HttpStatusCode status, string body) =>
        new(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
