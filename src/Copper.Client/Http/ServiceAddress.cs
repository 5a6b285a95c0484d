namespace Copper.Client;

/// <summary>Checks the addresses and sizes that a client is configured with, before a credential goes anywhere.</summary>
internal static class ServiceAddress
{
    /// <summary>64 MB, the default of the size that a response may have.</summary>
    public const long DefaultMaxResponseBytes = 64 * 1024 * 1024;

    /// <summary>Rejects an address that would send the credential unencrypted, or that is none.</summary>
    /// <exception cref="ArgumentException">The address cannot be used; the message states why.</exception>
    public static void Check(Uri baseUri, Uri example)
    {
        if (baseUri is not { IsAbsoluteUri: true } || (baseUri.Scheme != "https" && baseUri.Scheme != "http"))
        {
            throw new ArgumentException(
                $"'{Redacted(baseUri)}' is not an address of the service. Write it in full, for example {example}.");
        }

        if (baseUri.UserInfo.Length > 0)
        {
            throw new ArgumentException("The base address must not hold a user name or password.");
        }

        if (baseUri.Scheme == "http" && !baseUri.IsLoopback)
        {
            throw new ArgumentException(
                $"'{Redacted(baseUri)}' would send the credential unencrypted. Use https; http is allowed only for this machine.");
        }

        if (baseUri.Query.Length > 0 || baseUri.Fragment.Length > 0)
        {
            throw new ArgumentException(
                $"'{Redacted(baseUri)}' has a query or a fragment. Give only the address of the service, for example {example}.");
        }
    }

    /// <summary>Rejects an address to which files would go unencrypted, or that is none.</summary>
    /// <exception cref="ArgumentException">The address cannot be used.</exception>
    public static void CheckStorage(Uri storageUri)
    {
        if (storageUri is not { IsAbsoluteUri: true }
            || (storageUri.Scheme != "https" && !(storageUri.Scheme == "http" && storageUri.IsLoopback))
            || storageUri.UserInfo.Length > 0)
        {
            throw new ArgumentException(
                $"The StorageUri '{Redacted(storageUri)}' cannot take files: give an https address (http only for this machine), "
                + "without user name or password.");
        }
    }

    /// <summary>The address without what may be a secret in it: user name and password, query and fragment.</summary>
    private static string Redacted(Uri? address)
    {
        var text = (address?.OriginalString ?? string.Empty).Split('?', '#')[0];
        var end = text.LastIndexOf('@');
        var start = text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        return end < start ? text : text.Substring(0, start) + "***" + text.Substring(end);
    }
}
