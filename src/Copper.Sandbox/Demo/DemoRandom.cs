namespace Copper.Sandbox.Demo;

/// <summary>
/// SplitMix64. The framework's own generator is not used because its sequence differs between runtimes,
/// and the demo account has to be the same everywhere.
/// </summary>
internal sealed class DemoRandom
{
    private ulong _state;

    /// <summary>Creates an independent sequence for each part of the data, so that the size of one part does not change another.</summary>
    public DemoRandom(int seed, int part) => _state = unchecked(((ulong)(uint)seed << 32) ^ ((ulong)(uint)part * 0x9E3779B97F4A7C15UL));

    /// <summary>A number from 0 to below the limit.</summary>
    public int Next(int limit) => (int)(NextBits() % (ulong)limit);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>A few different items in their original order.</summary>
    public T[] PickSome<T>(IReadOnlyList<T> items, int count)
    {
        var chosen = new SortedSet<int>();
        while (chosen.Count < Math.Min(count, items.Count))
        {
            chosen.Add(Next(items.Count));
        }

        return [.. chosen.Select(index => items[index])];
    }

    /// <summary>Replaces each # of a pattern by a digit.</summary>
    public string Digits(string pattern)
    {
        char[] text = pattern.ToCharArray();
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == '#')
            {
                text[index] = (char)('0' + Next(10));
            }
        }

        return new string(text);
    }

    private ulong NextBits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            ulong bits = _state;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
            return bits ^ (bits >> 31);
        }
    }
}
