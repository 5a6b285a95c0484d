namespace Copper.Sandbox.Http;

/// <summary>An endpoint.</summary>
internal sealed class Route(string method, string pattern, Func<ApiCall, ApiResponse> handler)
{
    private readonly string[] _segments = Router.Split(pattern);

    public string Method { get; } = method;

    public int SegmentCount => _segments.Length;

    public Func<ApiCall, ApiResponse> Handler { get; } = handler;

    /// <summary>How many segments are placeholders: the fewer, the closer the match.</summary>
    public int PlaceholderCount => _segments.Count(IsPlaceholder);

    /// <summary>Query parameters the endpoint knows. Others are ignored.</summary>
    public IReadOnlyList<string> QueryParameters { get; init; } = [];

    /// <summary>
    /// Whether further query parameters count as members of the body, and <c>[]</c> as no body: so the service does it for
    /// searches, seen in the requests of several clients.
    /// </summary>
    public bool TakesMembersFromQuery => _segments[_segments.Length - 1] is "search" or "fetch_by_email";

    /// <summary>Whether the endpoint needs the leads feature.</summary>
    public bool NeedsLeads => _segments[0] is "leads" or "lead_statuses";

    /// <summary>The segments matched by placeholders, or null if the path is another one.</summary>
    public string[]? Match(string[] path)
    {
        for (int index = 0; index < path.Length; index++)
        {
            if (!IsPlaceholder(_segments[index]) && _segments[index] != path[index])
            {
                return null;
            }
        }

        return [.. path.Where((_, index) => IsPlaceholder(_segments[index]))];
    }

    private static bool IsPlaceholder(string segment) => segment[0] == '{';
}
