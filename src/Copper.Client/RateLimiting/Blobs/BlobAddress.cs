namespace Copper.Client.RateLimiting.Blobs;

/// <summary>The address of a blob, apart from the shared access signature (SAS) that it may come with, which is a secret.</summary>
internal sealed class BlobAddress
{
    private const string Example = "https://<account>.blob.core.windows.net/<container>/<blob>";

    private BlobAddress(Uri uri, string? sas) => (Uri, Sas) = (uri, sas);

    /// <summary>The address without a query.</summary>
    public Uri Uri { get; }

    /// <summary>The SAS without the leading question mark; null without one.</summary>
    public string? Sas { get; }

    /// <summary>Reads an address as a user gives it.</summary>
    /// <param name="address">The address, with or without a SAS.</param>
    /// <param name="token">A SAS given apart, with or without the leading question mark; null without one.</param>
    /// <exception cref="ArgumentException">It cannot be used; the message states why, and never repeats the SAS.</exception>
    public static BlobAddress Parse(Uri address, string? token)
    {
        if (address is not { IsAbsoluteUri: true } || (address.Scheme != "https" && address.Scheme != "http"))
        {
            throw new ArgumentException($"The address of the shared limit must be that of a blob, in full: {Example}.");
        }

        var plain = address.GetLeftPart(UriPartial.Path);
        if (address.UserInfo.Length > 0)
        {
            throw new ArgumentException("The address of the shared limit must not hold a user name or password.");
        }

        if (address.Scheme == "http" && !address.IsLoopback)
        {
            throw new ArgumentException(
                $"'{plain}' would send its key unencrypted. Use https; http is allowed only for this machine, as with an emulator.");
        }

        if (address.Fragment.Length > 0)
        {
            throw new ArgumentException($"The address of the shared limit must not have a fragment (#): {Example}.");
        }

        // An emulator names the account in the path.
        var segments = address.AbsolutePath.Split('/').Length - 1;
        if (address.AbsolutePath.EndsWith("/", StringComparison.Ordinal) || segments < (address.IsLoopback ? 3 : 2))
        {
            throw new ArgumentException(
                $"'{plain}' names no blob. Give the account, the container and the blob: {Example}. The blob need not be there yet.");
        }

        var own = address.Query.TrimStart('?');
        var given = token?.Trim().TrimStart('?') ?? string.Empty;
        if (own.Length > 0 && given.Length > 0)
        {
            throw new ArgumentException("The shared limit has two tokens: one in its address, and one beside it. Give one of them.");
        }

        var sas = own.Length > 0 ? own : given;
        if (sas.Length > 0 && !IsSas(sas))
        {
            throw new ArgumentException(
                "The token of the shared limit is no shared access signature (SAS): it needs sig=, as in 'sv=…&sp=rcw&se=…&sig=…'. "
                + "Its value is not repeated here. Create one with the permissions read, create and write.");
        }

        return new BlobAddress(new Uri(plain), sas.Length > 0 ? sas : null);
    }

    private static bool IsSas(string text) =>
        text.Split('&').Any(static part => part.StartsWith("sig=", StringComparison.OrdinalIgnoreCase) && part.Length > "sig=".Length)
        && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c));
}
