using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Copper.Data.Tests.Support;

/// <summary>A service that lets nobody log activities of another user.</summary>
/// <param name="self">The user of the key.</param>
/// <param name="asOneRequest">One such activity has the whole request rejected; else it alone is.</param>
internal sealed class AuthorRefusingHandler(long self, bool asOneRequest) : DelegatingHandler
{
    private const string Error = """{"success":false,"status":422,"message":"Invalid input: user_id is not permitted"}""";

    /// <summary>The requests in which something was rejected.</summary>
    public int Refusals { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method != HttpMethod.Post || !(path.EndsWith("/activities", StringComparison.Ordinal)
            || path.EndsWith("/activities/bulk_create", StringComparison.Ordinal)))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        var list = body.FirstOrDefault(static member => member.Value is JsonArray).Value?.AsArray();
        JsonNode[] items = list is null ? [body] : [.. list.Select(static item => item!)];
        var refused = items.Where(item => item["user_id"] is { } user && (long)user != self).ToArray();
        if (refused.Length == 0)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        Refusals++;
        if (asOneRequest || list is null)
        {
            return new HttpResponseMessage(HttpStatusCode.UnprocessableEntity)
            {
                RequestMessage = request,
                Content = new StringContent(Error, Encoding.UTF8, "application/json"),
            };
        }

        // What the service rejects for another reason stands in its place of the response.
        foreach (var item in refused)
        {
            item["activity_date"] = "never";
        }

        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await base.SendAsync(request, cancellationToken);
    }
}
