using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Copper.Client.Models;

/// <summary>Compares secrets in a time that tells nothing about how much of them agrees, nor about their lengths.</summary>
internal static class FixedTime
{
    public static bool AreEqual(string expected, string? given)
    {
        var first = Hash(expected);
        var second = Hash(given ?? string.Empty);
        return Differences(first, second) == 0 & given is not null;
    }

    // Hashes have one length, whatever was compared.
#if NET
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
#else
    private static byte[] Hash(string text)
    {
        using var algorithm = SHA256.Create();
        return algorithm.ComputeHash(Encoding.UTF8.GetBytes(text));
    }
#endif

    // No optimization may end the loop early: every byte is compared.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int Differences(byte[] first, byte[] second)
    {
        var differences = 0;
        for (var i = 0; i < first.Length; i++)
        {
            differences |= first[i] ^ second[i];
        }

        return differences;
    }
}
