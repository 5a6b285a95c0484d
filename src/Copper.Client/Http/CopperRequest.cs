using System.Collections;
using System.Globalization;
using System.Text;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>One request to the service, before identity, rate limit and transport have their part in it.</summary>
public sealed class CopperRequest
{
    private Func<string, string>[] _redactions = [];

    /// <summary>
    /// A raw request for <paramref name="path"/>, relative to the base address, for example <c>people/7</c>. What it does and what it
    /// affects is inferred from method, path and body. <see cref="Read"/>, <see cref="Create"/>, <see cref="Update"/> and
    /// <see cref="Delete"/> state it instead.
    /// </summary>
    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="path">Without scheme, host, query or fragment; a leading slash is allowed.</param>
    /// <param name="body">The JSON object to send, or null for none.</param>
    /// <exception cref="ArgumentException">The path is an address of its own, climbs (<c>..</c>) or carries a query.</exception>
    public CopperRequest(HttpMethod method, string path, JsonBody? body = null)
        : this(method ?? throw new ArgumentNullException(nameof(method)), Checked(path), body, null, null)
    {
    }

    private CopperRequest(HttpMethod method, string path, JsonBody? body, RequestEffect? effect, IReadOnlyList<string>? affects)
    {
        Method = method;
        Path = path;
        Body = body;
        Effect = effect ?? RequestInference.Effect(method, path);
        IsBulk = effect is null && RequestInference.IsBulk(path);
        Affects = Effect == RequestEffect.Read ? [] : affects ?? RequestInference.Affects(path, body);
        if (body is not null)
        {
            RedactSecretsOf(body);
        }
    }

    /// <summary>A request that changes nothing: a GET, or, with criteria, a POST to a search or a look-up.</summary>
    /// <param name="path">Relative to the base address.</param>
    /// <param name="criteria">What to search for; null for a GET.</param>
    public static CopperRequest Read(string path, JsonBody? criteria = null) =>
        new(criteria is null ? HttpMethod.Get : HttpMethod.Post, Checked(path), criteria, RequestEffect.Read, null);

    /// <summary>A request that creates something (POST): retried only when the service surely did not take it.</summary>
    /// <param name="path">Relative to the base address.</param>
    /// <param name="body">The fields.</param>
    /// <param name="affects">The records and lists that may change, by the first segment of their paths, for example people.</param>
    public static CopperRequest Create(string path, JsonBody? body, IReadOnlyList<string> affects) =>
        new(HttpMethod.Post, Checked(path), body, RequestEffect.Create, affects);

    /// <summary>A request that sets fields to given values (PUT): doing it twice is doing it once.</summary>
    /// <param name="path">Relative to the base address.</param>
    /// <param name="body">The fields.</param>
    /// <param name="affects">As for <see cref="Create"/>.</param>
    public static CopperRequest Update(string path, JsonBody? body, IReadOnlyList<string> affects) =>
        new(HttpMethod.Put, Checked(path), body, RequestEffect.Update, affects);

    /// <summary>A request that removes something (DELETE): when a retry finds nothing, it is done.</summary>
    /// <param name="path">Relative to the base address.</param>
    /// <param name="affects">As for <see cref="Create"/>.</param>
    /// <param name="body">What to remove, where the path alone does not state it; null for none.</param>
    public static CopperRequest Delete(string path, IReadOnlyList<string> affects, JsonBody? body = null) =>
        new(HttpMethod.Delete, Checked(path), body, RequestEffect.Delete, affects);

    /// <summary>A request to a bulk endpoint, which is a POST whether it creates or updates.</summary>
    internal static CopperRequest Bulk(RequestEffect effect, string path, JsonBody body, IReadOnlyList<string> affects) =>
        new(HttpMethod.Post, Checked(path), body, effect, affects) { IsBulk = true };

    /// <summary>A POST to another service than the CRM, for errors, traces and retries.</summary>
    internal static CopperRequest Other(RequestEffect effect, string path, string serviceName = "Copper") =>
        new(HttpMethod.Post, Checked(path), null, effect, []) { ServiceName = serviceName };

    /// <summary>The upload of a file to the storage, which is no path of the service, for errors, traces and retries.</summary>
    internal static CopperRequest Storage(Uri address) =>
        new(HttpMethod.Post, Checked(address.Host), null, RequestEffect.Update, []) { StorageAddress = address };

    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The path below the base address, without a leading slash.</summary>
    public string Path { get; }

    /// <summary>The JSON body, or null.</summary>
    public JsonBody? Body { get; }

    /// <summary>Query parameters in the order in which they are sent; names and values are escaped when sent.</summary>
    public IList<KeyValuePair<string, string>> Query { get; } = new List<KeyValuePair<string, string>>();

    /// <summary>What the request does to the account.</summary>
    public RequestEffect Effect { get; init; }

    /// <summary>
    /// The records and lists that may change, by the first segment of their paths, for example people: a search for them that is in
    /// progress reads again what may have shifted, and a cached list is loaded again. Empty for a request that only reads.
    /// </summary>
    public IReadOnlyList<string> Affects { get; init; }

    /// <summary>The request goes to a bulk endpoint, which has a further rate limit.</summary>
    public bool IsBulk { get; private init; }

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
                text.Append(i == 0 ? '?' : '&')
                    .Append(Uri.EscapeDataString(Query[i].Key)).Append('=').Append(Uri.EscapeDataString(Query[i].Value));
            }

            return text.ToString();
        }
    }

    /// <summary>Where the request goes, as errors show it: the path with its query, or the address of the storage.</summary>
    internal string Target => StorageAddress?.GetLeftPart(UriPartial.Path) ?? PathAndQuery;

    /// <summary>The storage to which the request goes in place of the service; null for the service.</summary>
    private Uri? StorageAddress { get; init; }

    /// <summary>Whose key the request is sent with, for messages; null where only a token is known.</summary>
    internal string? UserEmail { get; set; }

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

    /// <summary>Rejects query parameters that cannot stand in an address.</summary>
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

    private static string Checked(string path)
    {
        var trimmed = (path ?? throw new ArgumentNullException(nameof(path))).Trim('/');
        if (trimmed.Length == 0
            || trimmed.Any(static c => c is '?' or '#' or '\\' || char.IsWhiteSpace(c) || char.IsControl(c))
            || path.Contains("//", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"'{path}' is not a path of the service. Write it relative to the base address, for example 'people/7', "
                + "and give the query separately.");
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
