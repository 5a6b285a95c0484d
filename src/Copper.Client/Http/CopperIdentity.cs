using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>Who is calling. The secret goes into request headers and nowhere else: no property, text or trace shows it.</summary>
public abstract class CopperIdentity
{
    private protected CopperIdentity(string? userEmail, string secret)
    {
        UserEmail = userEmail;
        Fingerprint = Hash((userEmail ?? string.Empty) + "\n" + secret);
    }

    /// <summary>The e-mail address of the key's owner; null for a bearer token.</summary>
    public string? UserEmail { get; }

    /// <summary>Tells two credentials apart without telling either.</summary>
    internal string Fingerprint { get; }

    /// <summary>
    /// An API key and the e-mail address of the user who created it (headers X-PW-AccessToken, X-PW-UserEmail and X-PW-Application).
    /// </summary>
    /// <exception cref="ArgumentException">
    /// One of them is empty or cannot stand in a header, or the address is none: it has no @.
    /// </exception>
    public static CopperIdentity FromApiKey(string userEmail, string apiKey)
    {
        var address = Checked(userEmail, "The e-mail address");
        return address.IndexOf('@') > 0 && address.IndexOf('@') < address.Length - 1
            ? new ApiKeyIdentity(address, Checked(apiKey, "The API key"))
            : throw new ArgumentException(
                "The user name must be the e-mail address of the key's owner, and it has no @. The key is the password.");
    }

    /// <summary>An OAuth access token (header Authorization: Bearer).</summary>
    /// <exception cref="ArgumentException">The token is empty or cannot stand in a header.</exception>
    public static CopperIdentity FromBearerToken(string token) => new BearerIdentity(Checked(token, "The token"));

    internal abstract void Apply(HttpRequestHeaders headers);

    /// <summary>The text without the secret, should the service repeat it in an error.</summary>
    internal abstract string Hide(string text);

    private static string Checked(string value, string name)
    {
        var trimmed = (value ?? string.Empty).Trim();
        if (trimmed.Length == 0)
        {
            throw new ArgumentException($"{name} is empty.");
        }

        // The value itself is not repeated in the message: it may be a secret with one bad character.
        return trimmed.All(static c => c is > ' ' and < '\u007f')
            ? trimmed
            : throw new ArgumentException(
                $"{name} holds a character that cannot stand in an HTTP header (a space, a line break or a letter outside ASCII). "
                + "Copy it again.");
    }

    private static string Hash(string text)
    {
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    private sealed class ApiKeyIdentity(string userEmail, string apiKey) : CopperIdentity(userEmail, apiKey)
    {
        private readonly string _apiKey = apiKey;

        internal override void Apply(HttpRequestHeaders headers)
        {
            headers.TryAddWithoutValidation("X-PW-AccessToken", _apiKey);
            headers.TryAddWithoutValidation("X-PW-Application", "developer_api");
            headers.TryAddWithoutValidation("X-PW-UserEmail", UserEmail);
        }

        internal override string Hide(string text) => Redaction.Redact(text, _apiKey);

        public override string ToString() => $"API key of {UserEmail}";
    }

    private sealed class BearerIdentity(string token) : CopperIdentity(null, token)
    {
        private readonly string _token = token;

        internal override void Apply(HttpRequestHeaders headers) => headers.TryAddWithoutValidation("Authorization", "Bearer " + _token);

        internal override string Hide(string text) => Redaction.Redact(text, _token);

        public override string ToString() => "Bearer token";
    }
}
