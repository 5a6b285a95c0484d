using System.Globalization;

namespace Copper.Client.Webhooks.Listening;

/// <summary>The first lines of a request.</summary>
internal sealed class HttpHead
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    private HttpHead(string method, string path, bool isOld)
    {
        Method = method;
        Path = path;
        IsOld = isOld;
    }

    public string Method { get; }

    /// <summary>The path, without host and query.</summary>
    public string Path { get; }

    /// <summary>HTTP/1.0, which some proxies speak to what is behind them: no chunks, and the connection ends with the response.</summary>
    public bool IsOld { get; }

    /// <summary>The length of the body; null when it comes in chunks.</summary>
    public long? Length { get; private set; } = 0;

    /// <summary>The client stays connected after the response.</summary>
    public bool KeepsAlive => Has("Connection", "keep-alive") || (!IsOld && !Has("Connection", "close"));

    /// <summary>The client sends the body only when it is told to: so do .NET Framework's clients, and curl with long bodies.</summary>
    public bool ExpectsContinue => Has("Expect", "100-continue");

    public string? Header(string name) => _headers.TryGetValue(name, out var value) ? value : null;

    /// <exception cref="HttpRefusalException">It is no request of HTTP/1.</exception>
    public static HttpHead Parse(string text)
    {
        // A line feed or a NUL of its own is where one reader sees an end, and another one does not.
        if (text.Replace("\r\n", string.Empty).Any(IsControl))
        {
            throw HttpRefusalException.Malformed("a control character in the head");
        }

        var lines = text.Split(["\r\n"], StringSplitOptions.None);
        var words = lines[0].Split(' ');
        if (words.Length != 3 || words[0].Length == 0 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw HttpRefusalException.Malformed("no request of HTTP/1");
        }

        var head = new HttpHead(words[0], PathOf(words[1]), words[2] == "HTTP/1.0");
        foreach (var line in lines.Skip(1))
        {
            head.AddHeader(line);
        }

        head.Length = head.LengthOfBody();
        return head;
    }

    private static string PathOf(string target)
    {
        if (target.Length > 0 && target[0] != '/' && Uri.TryCreate(target, UriKind.Absolute, out var uri))
        {
            return uri.AbsolutePath;
        }

        return target.Split('?')[0];
    }

    private void AddHeader(string line)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0 || !line.Take(colon).All(IsToken))
        {
            throw HttpRefusalException.Malformed("a header without a name");
        }

        var name = line.Substring(0, colon);
        var value = line.Substring(colon + 1).Trim(' ', '\t');
        _headers[name] = _headers.TryGetValue(name, out var former) ? former + ", " + value : value;
    }

    private long? LengthOfBody()
    {
        var coding = Header("Transfer-Encoding");
        var length = Header("Content-Length");
        if (coding is null)
        {
            return length is null ? 0
                : long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes
                : throw HttpRefusalException.Malformed("a length that is no number");
        }

        // Both together is how requests are smuggled past a proxy that believes the other one.
        return length is null && string.Equals(coding, "chunked", StringComparison.OrdinalIgnoreCase)
            ? null
            : throw HttpRefusalException.Malformed("a transfer encoding that is not understood");
    }

    /// <summary>A control character that may stand nowhere in a head or in the lines between chunks: all but the tab.</summary>
    public static bool IsControl(char letter) => letter is (< ' ' and not '\t') or '\u007f';

    /// <summary>A character of a name (RFC 9110, 5.6.2).</summary>
    private static bool IsToken(char letter) =>
        letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || "!#$%&'*+-.^_`|~".Contains(letter);

    private bool Has(string header, string token) =>
        Header(header)?.Split(',').Any(part => string.Equals(part.Trim(), token, StringComparison.OrdinalIgnoreCase)) == true;
}
