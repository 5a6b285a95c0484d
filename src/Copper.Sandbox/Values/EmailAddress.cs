namespace Copper.Sandbox.Values;

internal static class EmailAddress
{
    /// <summary>Whether there is exactly one @ with something on both sides and no white space.</summary>
    public static bool IsValid(string address)
    {
        int at = address.IndexOf('@');
        return at > 0
            && at == address.LastIndexOf('@')
            && at < address.Length - 1
            && !address.Any(char.IsWhiteSpace);
    }

    /// <summary>The part behind the @.</summary>
    public static string Domain(string address) => address.Substring(address.IndexOf('@') + 1);
}
