using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// Infers from method, path and body what a raw request does. Only requests that a user writes by hand need it;
/// all others state what they are.
/// </summary>
internal static class RequestInference
{
    private static readonly string[] ReadingSuffixes = ["/search", "/fetch_by_email", "/activities"];

    /// <summary>What the request does to the account.</summary>
    public static RequestEffect Effect(HttpMethod method, string path) => method.Method switch
    {
        "GET" or "HEAD" => RequestEffect.Read,
        "PUT" => RequestEffect.Update,
        "DELETE" => RequestEffect.Delete,

        // A bulk update is a POST, but it sets fields to given values like any update.
        _ when path.EndsWith("/bulk_update", StringComparison.Ordinal) => RequestEffect.Update,

        // POST /activities creates one; POST /leads/7/activities lists a lead's.
        _ when path != CopperEntityNames.Activities
            && ReadingSuffixes.Any(suffix => path.EndsWith(suffix, StringComparison.Ordinal)) => RequestEffect.Read,
        _ => RequestEffect.Create,
    };

    /// <summary>The request goes to a bulk endpoint.</summary>
    public static bool IsBulk(string path) =>
        path.EndsWith("/bulk_create", StringComparison.Ordinal) || path.EndsWith("/bulk_update", StringComparison.Ordinal);

    /// <summary>The records and lists that the request may change, by the first segment of their paths.</summary>
    public static IReadOnlyList<string> Affects(string path, JsonBody? body)
    {
        var segments = path.Split('/');
        var own = segments[0];
        IEnumerable<string> others = segments[segments.Length - 1] switch
        {
            // A converted lead becomes a person, a company and an opportunity; any of them may have existed before.
            "convert" => [CopperEntityNames.People, CopperEntityNames.Companies, CopperEntityNames.Opportunities],
            "related" => RelatedBy(body),
            _ => own switch
            {
                "custom_field_definitions" => ["field_layouts"],
                "custom_activity_types" => ["activity_types"],
                _ => [],
            },
        };
        return [.. others.Append(own).Distinct()];
    }

    /// <summary>A relation holds in both directions: the company of a person is one.</summary>
    private static IEnumerable<string> RelatedBy(JsonBody? body) =>
        body is not null && body.Contains("resource") && body["resource"] is JsonBody resource && resource.Contains("type")
            && CopperEntityNames.SingularOf(resource["type"] as string) is { } entity
            ? [CopperEntityNames.PrimaryPaths[entity]]
            : CopperEntityNames.PrimaryPaths.Values;
}
