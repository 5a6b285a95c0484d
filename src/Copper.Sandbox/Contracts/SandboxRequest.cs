namespace Copper.Sandbox;

/// <summary>A request as the account sees it.</summary>
/// <param name="Method">HTTP method in capitals.</param>
/// <param name="Path">Path below <c>/developer_api/v1</c>, for example <c>/people/7</c>.</param>
/// <param name="Query">Query parameters, decoded.</param>
/// <param name="Headers">Headers; names are compared ignoring case whatever the dictionary does.</param>
/// <param name="Body">Body text, or null if there was none.</param>
public sealed record SandboxRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    string? Body)
{
    internal string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}
