using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Copper.Client;

/// <summary>
/// Tells once for each endpoint that the service means to give it up. Copper announces such changes at least six months
/// ahead (developer.copper.com/introduction/change_policy); the headers are the common ones for it: Deprecation (RFC 9745,
/// and its drafts with a date or "true"), Sunset (RFC 8594) and Link.
/// </summary>
internal sealed class DeprecationNotices
{
    private static readonly Regex Links = new(
        "<(https://[!-;=?-~]{1,500})>[^,<]*;\\s*rel=\"?(deprecation|sunset|successor-version)\\b", RegexOptions.IgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Speaks up at the first response of an endpoint that carries one of the headers and that somebody listens to.</summary>
    public void Check(CopperRequest request, ServiceResponse response, Tracer trace)
    {
        if ((response.Deprecation is null && response.Sunset is null) || !trace.IsHeard)
        {
            return;
        }

        var endpoint = EndpointOf(request);
        if (_told.TryAdd(endpoint, true))
        {
            trace.Deprecated(request, Describe(endpoint, response));
        }
    }

    /// <summary>Method and path without ids: /people/7 and /people/8 are one endpoint.</summary>
    private static string EndpointOf(CopperRequest request) =>
        request.Method.Method + " /"
        + string.Join("/", request.Path.Split('/').Select(static part => part.All(char.IsDigit) ? "{id}" : part));

    /// <summary>Of the headers only dates and an address are repeated: they are as the service, or a proxy, wrote them.</summary>
    private static string Describe(string endpoint, ServiceResponse response)
    {
        var text = new StringBuilder("Copper has marked ").Append(endpoint).Append(" as deprecated");
        text.Append(Date(response.Deprecation) is { } since ? " (" + since + ")." : ".");
        if (Date(response.Sunset) is { } end)
        {
            text.Append(" It is to be switched off on ").Append(end).Append('.');
        }

        text.Append(" It works until then; look for a newer version of this software.");
        if (response.Link is { } link && Links.Match(link) is { Success: true } match)
        {
            text.Append(" More: ").Append(match.Groups[1].Value);
        }

        return text.ToString();
    }

    private static string? Date(string? value)
    {
        var text = value?.Trim() ?? string.Empty;
        if (text.Length > 1 && text[0] == '@')
        {
            return long.TryParse(text.Substring(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                && seconds is > 0 and < 253402300800
                ? Text(DateTimeOffset.FromUnixTimeSeconds(seconds))
                : null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time) ? Text(time) : null;
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
