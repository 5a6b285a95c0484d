namespace Copper.Client.RateLimiting.Blobs;

/// <summary>The address of a blob, apart from the shared access signature (SAS) that it may come with, which is a secret.</summary>
internal sealed class BlobAddress
{
    private const string Example = "https://<account>.blob.core.windows.net/<container>/<blob>";

    /// <summary>What the address of an operation, or of a version of a blob, has in its query, and no SAS has.</summary>
    private static readonly string[] Operations = ["restype", "comp", "snapshot", "versionid"];

    private BlobAddress(Uri uri, SharedAccessSignature? sas) => (Uri, Sas) = (uri, sas);

    /// <summary>The address without a query.</summary>
    public Uri Uri { get; }

    /// <summary>The SAS; null without one.</summary>
    public SharedAccessSignature? Sas { get; }

    /// <summary>Reads an address as a user gives it.</summary>
    /// <param name="address">The address, with or without a SAS.</param>
    /// <param name="token">A SAS given apart, with or without the leading question mark; null without one.</param>
    /// <param name="now">The time, at which a SAS must be valid.</param>
    /// <exception cref="ArgumentException">It cannot be used; the message states why, and never repeats the SAS.</exception>
    public static BlobAddress Parse(Uri address, string? token, DateTimeOffset now)
    {
        CheckKind(address);
        var plain = address.GetLeftPart(UriPartial.Path);
        if (address.Scheme == "http" && !address.IsLoopback)
        {
            throw new ArgumentException(
                $"'{plain}' would send its key unencrypted. Use https; http is allowed only for this machine, as with an emulator.");
        }

        if (address.Fragment.Length > 0)
        {
            throw new ArgumentException($"The address of the shared limit must not have a fragment (#): {Example}.");
        }

        CheckPath(address, plain);
        var own = address.Query.TrimStart('?');
        var given = token?.Trim().TrimStart('?') ?? string.Empty;
        if (own.Length > 0 && given.Length > 0)
        {
            throw new ArgumentException("The shared limit has two tokens: one in its address, and one beside it. Give one of them.");
        }

        CheckOperation(given, plain);
        var sas = own.Length > 0 ? own : given;
        return new BlobAddress(new Uri(plain), sas.Length > 0 ? SharedAccessSignature.Parse(sas, now) : null);
    }

    /// <summary>The container in an address; an emulator names the account before it.</summary>
    public static string ContainerOf(Uri uri) => uri.AbsolutePath.Split('/')[uri.IsLoopback ? 2 : 1];

    private static void CheckKind(Uri address)
    {
        if (SharedAccessSignature.LooksLikeConnectionString(address.OriginalString))
        {
            throw new ArgumentException(
                "The address of the shared limit is a connection string, which is not repeated here. Give the address of a blob, "
                + $"{Example}, and a shared access signature (SAS) for it.");
        }

        if (address is not { IsAbsoluteUri: true } || (address.Scheme != "https" && address.Scheme != "http"))
        {
            throw new ArgumentException($"The address of the shared limit must be that of a blob, in full: {Example}.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw new ArgumentException("The address of the shared limit must not hold a user name or password.");
        }

        if (address.Host.Equals("portal.azure.com", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"'{address.Host}' is the portal. Give the address of the blob, which its page there shows as URL: {Example}.");
        }

        foreach (var service in new[] { "dfs", "file", "queue", "table", "web" })
        {
            if (address.Host.IndexOf($".{service}.core.", StringComparison.OrdinalIgnoreCase) > 0)
            {
                throw new ArgumentException($"'{address.Host}' is another service of the account than blobs ({service}). Use {Example}.");
            }
        }
    }

    private static void CheckPath(Uri address, string plain)
    {
        // An emulator names the account in the path.
        var (segments, needed) = (address.AbsolutePath.Trim('/').Split('/'), address.IsLoopback ? 3 : 2);
        var isContainer = segments.Length == needed - 1 && segments[0].Length > 0;
        CheckOperation(address.Query.TrimStart('?'), isContainer ? $"{plain.TrimEnd('/')}/limit" : plain);
        if (address.AbsolutePath.EndsWith("/", StringComparison.Ordinal) || segments.Length < needed)
        {
            throw new ArgumentException(
                $"'{plain}' names no blob. Give the account, the container and the blob: {Example}. The blob need not be there yet"
                + (isContainer ? $": '{plain.TrimEnd('/')}/limit', with a SAS, if there is one, after it." : "."));
        }
    }

    private static void CheckOperation(string query, string plain)
    {
        var names = query.Split('&').Select(static part => part.Split('=')[0]);
        if (names.FirstOrDefault(static name => Operations.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } found)
        {
            throw new ArgumentException(
                $"The address of the shared limit is not that of a blob alone, because its query has {found.ToLowerInvariant()}=. "
                + $"Give the address of the blob, for example '{plain}', and a SAS, if there is one, without such parts.");
        }
    }
}
