namespace Copper.Sandbox;

/// <summary>Parses the addresses of requests.</summary>
public static class SandboxPath
{
    /// <summary>The path every address of the API begins with.</summary>
    public const string Base = "/developer_api/v1";

    /// <summary>The part of a path below <see cref="Base"/>, decoded.</summary>
    /// <param name="absolutePath">Path of the request's address.</param>
    /// <returns>For example <c>/people/7</c>; null if the path is outside of the API.</returns>
    public static string? BelowBase(string absolutePath)
    {
        if (absolutePath is null)
        {
            throw new ArgumentNullException(nameof(absolutePath));
        }

        int start = absolutePath.IndexOf(Base, StringComparison.Ordinal);
        return start < 0 ? null : Uri.UnescapeDataString(absolutePath.Substring(start + Base.Length));
    }

    /// <summary>The parameters of a query string, decoded; of several with one name the last counts.</summary>
    /// <param name="query">Query with or without its question mark.</param>
    /// <returns>Names and values.</returns>
    public static IReadOnlyDictionary<string, string> ParseQuery(string? query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in (query ?? "").TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string name = equals < 0 ? pair : pair.Substring(0, equals);
            string value = equals < 0 ? "" : pair.Substring(equals + 1);
            parameters[Decode(name)] = Decode(value);
        }

        return parameters;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
