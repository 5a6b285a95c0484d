namespace Copper.Client.Tests.Support;

/// <summary>A request as the scripted service received it.</summary>
internal sealed record ReceivedRequest(
    string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body, TimeSpan At)
{
    /// <summary>The path below the version, without a leading slash.</summary>
    public string Path => Uri.AbsolutePath.Split("/v1/", 2)[^1];
}
