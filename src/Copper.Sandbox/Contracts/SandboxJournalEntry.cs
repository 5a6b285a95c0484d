namespace Copper.Sandbox;

/// <summary>One request the sandbox received, and the response to it.</summary>
/// <param name="Number">Running number, from 1.</param>
/// <param name="Time">When it was received, by the clock of the sandbox.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path below <c>/developer_api/v1</c>.</param>
/// <param name="Query">Query parameters.</param>
/// <param name="Headers">Headers; secrets are replaced, see <see cref="SecretMask"/>.</param>
/// <param name="Body">Body text, or null.</param>
/// <param name="Status">Status code of the response.</param>
/// <param name="Authenticated">Whether valid credentials came with it.</param>
public sealed record SandboxJournalEntry(
    long Number,
    DateTimeOffset Time,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    string? Body,
    int Status,
    bool Authenticated);
