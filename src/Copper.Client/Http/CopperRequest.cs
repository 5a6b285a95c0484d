using System.Collections;
using System.Globalization;
using System.Text;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Http;

/// <summary>One call of the service, before identity, throttle and transport have their part in it.</summary>
public sealed class CopperRequest
{
    private static readonly string[] ReadingSuffixes = ["/search", "/fetch_by_email", "/activities"];

    private Func<string, string>[] _redactions = [];

    /// <summary>A request for <paramref name="path"/>, relative to the base address, for example <c>people/7</c>.</summary>
    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="path">Without scheme, host, query or fragment; a leading slash is allowed.</param>
    /// <param name="body">The JSON object to send, or null for none.</param>
    /// <exception cref="ArgumentException">The path is an address of its own, climbs (<c>..</c>) or carries a query.</exception>
    public CopperRequest(HttpMethod method, string path, JsonBody? body = null)
    {
        Method = method ?? throw new ArgumentNullException(nameof(method));
        Path = Checked(path);
        Body = body;
        Effect = InferEffect(method, Path);
        if (body is not null)
        {
            RedactSecretsOf(body);
        }
    }

    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The path below the base address, without a leading slash.</summary>
    public string Path { get; }

    /// <summary>The JSON body, or null.</summary>
    public JsonBody? Body { get; }

    /// <summary>Query parameters in the order in which they are sent; names and values are escaped when sent.</summary>
    public IList<KeyValuePair<string, string>> Query { get; } = new List<KeyValuePair<string, string>>();

    /// <summary>What the request does to the account; by default told from method and path.</summary>
    public RequestEffect Effect { get; init; }

    /// <summary>The request goes to a bulk endpoint, which has a further rate limit.</summary>
    public bool IsBulk => Path.EndsWith("/bulk_create", StringComparison.Ordinal) || Path.EndsWith("/bulk_update", StringComparison.Ordinal);

    /// <summary>The service in sentences: Copper, or CopperHub.</summary>
    internal string ServiceName { get; init; } = "Copper";

    /// <summary>The path with its query, as traces and errors show it. Holds no secret: credentials travel in headers.</summary>
    public string PathAndQuery
    {
        get
        {
            var text = new StringBuilder("/").Append(Path);
            for (var i = 0; i < Query.Count; i++)
            {
                text.Append(i == 0 ? '?' : '&').Append(Uri.EscapeDataString(Query[i].Key)).Append('=').Append(Uri.EscapeDataString(Query[i].Value));
            }

            return text.ToString();
        }
    }

    /// <summary>
    /// Notes how a secret is taken out of texts about this request. Whoever sends the request calls this before anything can fail;
    /// the same request may be sent with several credentials.
    /// </summary>
    internal void AddRedaction(Func<string, string> redact)
    {
        if (!_redactions.Contains(redact))
        {
            _redactions = [.. _redactions, redact];
        }
    }

    /// <summary>
    /// The text without the secrets that the request was sent with: the other side may repeat them in any header, status line or
    /// body, and so may whatever stands in between. Every error and trace text passes through here.
    /// </summary>
    internal string Redact(string text)
    {
        foreach (var redact in _redactions)
        {
            text = redact(text);
        }

        return ErrorText.WithoutUserInfo(Redaction.RedactSecretMembers(text));
    }

    /// <summary>Refuses query parameters that cannot stand in an address.</summary>
    /// <exception cref="ArgumentException">A name or a value holds a NUL character, or half a character.</exception>
    internal void CheckQuery()
    {
        foreach (var parameter in Query)
        {
            JsonValueWriter.CheckText("the name of a query parameter", parameter.Key);
            JsonValueWriter.CheckText(parameter.Key, parameter.Value);
        }
    }

    /// <summary>
    /// The values of members whose name is that of a secret, in whatever spelling, and the header values of a webhook: the service may
    /// repeat them when it rejects the request.
    /// </summary>
    private void RedactSecretsOf(JsonBody body)
    {
        var isWebhook = Path == "webhooks" || Path.StartsWith("webhooks/", StringComparison.Ordinal);
        foreach (var name in body.Names.Where(name => Redaction.IsSecretName(name, isWebhook)))
        {
            AddRedaction(body[name] switch
            {
                CopperSecretMap map => map.Redact,
                IDictionary values => new CopperSecretMap(PairsOf(values)).Redact,
                JsonBody values => new CopperSecretMap(values.Select(static pair => Pair(pair.Key, pair.Value))).Redact,
                var value => new CopperSecretMap([Pair(name, value)]).Redact,
            });
        }

        static IEnumerable<KeyValuePair<string, string>> PairsOf(IDictionary values) =>
            from object key in values.Keys select Pair(Convert.ToString(key, CultureInfo.InvariantCulture)!, values[key]);

        static KeyValuePair<string, string> Pair(string name, object? value) =>
            new(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
    }

    private static RequestEffect InferEffect(HttpMethod method, string path) => method.Method switch
    {
        "GET" or "HEAD" => RequestEffect.Read,
        "PUT" => RequestEffect.Update,
        "DELETE" => RequestEffect.Delete,

        // A bulk update is a POST, but it sets fields to given values like any update.
        _ when path.EndsWith("/bulk_update", StringComparison.Ordinal) => RequestEffect.Update,

        // POST /activities creates one; POST /leads/7/activities lists a lead's.
        _ when path != CopperEntityNames.Activities && ReadingSuffixes.Any(suffix => path.EndsWith(suffix, StringComparison.Ordinal)) => RequestEffect.Read,
        _ => RequestEffect.Create,
    };

    private static string Checked(string path)
    {
        var trimmed = (path ?? throw new ArgumentNullException(nameof(path))).Trim('/');
        if (trimmed.Length == 0 || trimmed.Any(static c => c is '?' or '#' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c)) || path.Contains("//", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{path}' is not a path of the service. Write it relative to the base address, for example 'people/7', and give the query separately.");
        }

        JsonValueWriter.CheckText("the path", trimmed);
        foreach (var segment in trimmed.Split('/'))
        {
            // An escaped dot or slash would be a dot or a slash again for a server that unescapes first.
            var plain = Uri.UnescapeDataString(segment);
            if (plain is "." or ".." || plain.IndexOfAny(['/', '\\', '?', '#']) >= 0)
            {
                throw new ArgumentException($"The path '{path}' must not climb or hide separators ('..', '%2f').");
            }
        }

        return trimmed;
    }
}
