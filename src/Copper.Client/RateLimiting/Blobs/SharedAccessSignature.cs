using System.Globalization;
using System.Text.RegularExpressions;

namespace Copper.Client.RateLimiting.Blobs;

/// <summary>
/// A shared access signature (SAS) for a blob. It is a secret as a whole; the parts that say what it is for are readable, so that one
/// which cannot work is an error before anything is sent. Source: Microsoft Learn, "Create a service SAS" and "Create an account SAS".
/// </summary>
internal sealed class SharedAccessSignature
{
    private const string Advice = "Create one with the permissions read, create and write.";

    /// <summary>The clock of this machine may be wrong: what is over for no longer than this is left to the storage to judge.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(15);

    private static readonly Regex ConnectionString = new(
        "(AccountKey|AccountName|SharedAccessSignature|BlobEndpoint|UseDevelopmentStorage)=",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    private readonly Dictionary<string, string> _parts;

    private SharedAccessSignature(string text, Dictionary<string, string> parts) => (Text, _parts) = (text, parts);

    /// <summary>The whole of it, without the leading question mark.</summary>
    public string Text { get; }

    /// <summary>Reads one.</summary>
    /// <param name="text">The text, without the leading question mark.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentException">It cannot be used for a blob that is read and written; nothing of it is repeated.</exception>
    public static SharedAccessSignature Parse(string text, DateTimeOffset now)
    {
        if (LooksLikeConnectionString(text))
        {
            throw new ArgumentException(
                "The token of the shared limit is a connection string, which opens the whole account. Give a shared access signature (SAS) "
                + $"for the blob instead, as in 'sv=…&sp=rcw&se=…&sig=…'. {Advice}");
        }

        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                "The token of the shared limit is a whole address. Give it as the address of the shared limit, without a token beside it; "
                + "or give as the token only what follows the question mark.");
        }

        if (LooksLikeKey(text))
        {
            throw new ArgumentException(
                "The token of the shared limit is an account key, which opens the whole account. Give a shared access signature (SAS) for "
                + $"the blob instead, as in 'sv=…&sp=rcw&se=…&sig=…'. {Advice}");
        }

        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split('&'))
        {
            var at = part.IndexOf('=');
            parts[at < 0 ? part : part.Substring(0, at)] = at < 0 ? string.Empty : Uri.UnescapeDataString(part.Substring(at + 1));
        }

        if (!(parts.TryGetValue("sig", out var signature) && signature.Length > 0) || text.Any(IsBlankOrControl))
        {
            throw new ArgumentException(
                "The token of the shared limit is no shared access signature (SAS): it needs sig=, as in 'sv=…&sp=rcw&se=…&sig=…'. "
                + $"Its value is not repeated here. {Advice}");
        }

        var sas = new SharedAccessSignature(text, parts);
        return (sas.ExplainScope() ?? sas.ExplainPermissions() ?? sas.ExplainTime(now, ClockTolerance)) is { } reason
            ? throw new ArgumentException($"The token of the shared limit cannot be used: {reason}.")
            : sas;

        static bool IsBlankOrControl(char c) => char.IsWhiteSpace(c) || char.IsControl(c);
    }

    /// <summary>The text holds the connection string of a storage account.</summary>
    public static bool LooksLikeConnectionString(string text) => ConnectionString.IsMatch(text);

    /// <summary>Why it is not valid at a time, and what to do; null when it is.</summary>
    public string? ExplainTime(DateTimeOffset now, TimeSpan tolerance)
    {
        if (Time("se") is { } end && end + tolerance <= now)
        {
            return $"the SAS expired at {Show(end)}: create a new one";
        }

        return Time("st") is { } start && start - tolerance > now
            ? $"the SAS is not valid before {Show(start)}: wait, or create one that starts earlier"
            : null;

        static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
    }

    /// <summary>An access policy that is stored in the container (si) may hold what the signature does not state.</summary>
    private string? ExplainPermissions() =>
        _parts.TryGetValue("sp", out var permissions) && (permissions.IndexOf('r') < 0 || permissions.IndexOf('w') < 0)
            ? $"the SAS permits too little (sp={Plain(permissions)}): create one with read, create and write (sp=rcw)"
            : null;

    private string? ExplainScope()
    {
        if (_parts.TryGetValue("ss", out var services) && services.IndexOf('b') < 0)
        {
            return "the SAS is for another service than blobs: create one for blobs (ss=b)";
        }

        return _parts.TryGetValue("srt", out var types) && types.IndexOf('o') < 0
            ? "the SAS of the account does not include objects: create one with the resource type object (srt=o)"
            : null;
    }

    /// <summary>Permissions are letters; whatever else somebody may have pasted there is not shown.</summary>
    private static string Plain(string permissions) =>
        permissions.Length <= 12 && permissions.All(static c => c is >= 'a' and <= 'z') ? permissions : "…";

    private DateTimeOffset? Time(string name) =>
        _parts.TryGetValue(name, out var text)
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time.Year is > 1900 and < 9000
                ? time : null;

    /// <summary>64 bytes in Base64, which is what a storage account has for a key.</summary>
    private static bool LooksLikeKey(string text) =>
        text.Length == 88 && text.EndsWith("==", StringComparison.Ordinal) && text.IndexOf('&') < 0;
}
