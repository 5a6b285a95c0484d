using System.Text;

namespace Copper.Sandbox;

/// <summary>The response of the account.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Headers">Reply headers, content type included.</param>
/// <param name="Body">Body in UTF-8; may be empty.</param>
public sealed record SandboxReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}
