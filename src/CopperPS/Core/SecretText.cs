using System.Runtime.InteropServices;
using System.Security;

namespace CopperPS.Core;

/// <summary>The way from a <see cref="SecureString"/> to the text that a header needs, and back.</summary>
internal static class SecretText
{
    public static string Reveal(SecureString secret)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            // With its length: a NUL in it would cut it short, and what is left would be sent as the secret.
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            // The unmanaged copy is overwritten before its memory is given back.
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    public static SecureString Conceal(string text)
    {
        var secret = new SecureString();
        foreach (var letter in text)
        {
            secret.AppendChar(letter);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
