using System.Security.Cryptography;
using System.Text;

namespace Copper.Sandbox;

/// <summary>Replaces secrets in recorded headers by the beginning of their SHA-256 hash: comparable, not readable.</summary>
public static class SecretMask
{
    private static readonly HashSet<string> SecretHeaders =
        new(StringComparer.OrdinalIgnoreCase) { "X-PW-AccessToken", "Authorization", "Proxy-Authorization", "Cookie" };

    /// <summary>Masks the value of a header if the header carries a secret.</summary>
    /// <param name="header">Name of the header.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value, or its mask.</returns>
    public static string MaskHeader(string header, string value) => SecretHeaders.Contains(header) ? Mask(value) : value;

    /// <summary>Masks a secret.</summary>
    /// <param name="secret">The secret in plain text.</param>
    /// <returns><c>sha256:</c> and the first 12 hexadecimal digits of its hash.</returns>
    public static string Mask(string secret)
    {
        if (secret is null)
        {
            throw new ArgumentNullException(nameof(secret));
        }

        using var algorithm = SHA256.Create();
        byte[] hash = ComputeHash(algorithm, Encoding.UTF8.GetBytes(secret));
        var text = new StringBuilder("sha256:");
        for (int index = 0; index < 6; index++)
        {
            text.Append(hash[index].ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    // An instance method exists on both frameworks; the one-shot static one does not.
    private static byte[] ComputeHash(HashAlgorithm algorithm, byte[] content) => algorithm.ComputeHash(content);
}
