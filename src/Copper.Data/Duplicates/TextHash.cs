namespace Copper.Data.Duplicates;

/// <summary>Texts as 64-bit numbers, so that the keys of many records take little memory. Sums of them do not depend on an order.</summary>
internal static class TextHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The number of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="without">The place of a letter that is left out; -1 for none.</param>
    public static ulong Of(string text, int without = -1)
    {
        var hash = Offset;
        for (var place = 0; place < text.Length; place++)
        {
            if (place != without)
            {
                hash = (hash ^ text[place]) * Prime;
            }
        }

        return Mix(hash);
    }

    /// <summary>The number of a list of texts, to which one more is added. The order counts.</summary>
    public static ulong Add(ulong hash, ulong next) => Mix((hash * Prime) ^ next);

    /// <summary>Spreads the bits: without it, sums of similar texts would meet.</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        return hash ^ (hash >> 31);
    }
}
