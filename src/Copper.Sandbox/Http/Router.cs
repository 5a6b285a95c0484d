namespace Copper.Sandbox.Http;

/// <summary>Finds the endpoint for a request.</summary>
internal sealed class Router
{
    private static readonly string[] ComputedValues = ["custom_field_computed_values"];

    private readonly ILookup<(string Method, int SegmentCount), Route> _routes;

    public Router(IEnumerable<Route> routes) => _routes = routes
        .OrderBy(route => route.PlaceholderCount)
        .ToLookup(route => (route.Method, route.SegmentCount));

    public static string[] Split(string path) => path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An endpoint whose replies can carry computed custom field values.</summary>
    public static Route WithComputedValues(string method, string pattern, Func<ApiCall, ApiResponse> handler) =>
        new(method, pattern, handler) { QueryParameters = ComputedValues };

    public (Route Route, string[] Arguments)? Find(SandboxRequest request)
    {
        string[] path = Split(request.Path);
        foreach (var route in _routes[(request.Method, path.Length)])
        {
            if (route.Match(path) is { } arguments)
            {
                return (route, arguments);
            }
        }

        return null;
    }
}
