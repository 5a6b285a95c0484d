using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Copper.Data.Tests.Support;

/// <summary>A service that shows the user some records no more: searches leave them out, and reading one by its id is an error.</summary>
internal sealed class HidingHandler : DelegatingHandler
{
    /// <summary>The records that are hidden: path and id.</summary>
    public HashSet<(string Path, long Id)> Hidden { get; } = [];

    /// <summary>
    /// What reading a hidden record responds with: nobody knows what the service does. OK: it is hidden in searches only.
    /// </summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.NotFound;

    /// <summary>The rights of the user, as a member of the user.</summary>
    public string Rights { get; set; } = "all";

    /// <summary>Members of searches that the service rejects.</summary>
    public string? RejectedCriterion { get; set; }

    /// <summary>Members of searches that the service ignores.</summary>
    public string? IgnoredCriterion { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Replace("/developer_api/v1/", string.Empty, StringComparison.Ordinal).Split('/');
        if (request.Content is not null && path[^1] == "search")
        {
            var criteria = JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            if (RejectedCriterion is { } rejected && criteria.ContainsKey(rejected))
            {
                var message = "Invalid input: Validation errors: Base: Unrecognized attributes specified: " + rejected;
                return Respond(
                    request, HttpStatusCode.UnprocessableEntity, $$"""{"success":false,"status":422,"message":"{{message}}"}""");
            }

            if (IgnoredCriterion is { } ignored && criteria.Remove(ignored))
            {
                request.Content = new StringContent(criteria.ToJsonString(), Encoding.UTF8, "application/json");
            }
        }

        if (path.Length == 2 && long.TryParse(path[1], out var id) && request.Method == HttpMethod.Get && Hidden.Contains((path[0], id))
            && Status != HttpStatusCode.OK)
        {
            return Respond(request, Status, """{"success":false,"message":"No."}""");
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && path[^1] == "search" && Hidden.Count > 0)
        {
            var list = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsArray();
            var shown = new JsonArray(
            [
                .. list.Where(item => !Hidden.Contains((path[0], item!["id"]!.GetValue<long>()))).Select(static item => item!.DeepClone()),
            ]);
            response.Content = new StringContent(shown.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (path is ["users", "me"])
        {
            var user = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
            user["rights"] = Rights;
            response.Content = new StringContent(user.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return response;
    }

    private static HttpResponseMessage Respond(HttpRequestMessage request, HttpStatusCode status, string body) =>
        new(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
