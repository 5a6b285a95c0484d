using System.ComponentModel;

namespace Copper.Client.Metadata;

/// <summary>How near one name is to another, for suggestions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EditDistance
{
    /// <summary>No name is longer; of a page of text in place of one, the beginning tells enough, and takes no time.</summary>
    private const int LongestName = 200;

    /// <summary>
    /// The letters to be changed, added, left out or swapped with the next to make one of the other, or of one of its words; names that
    /// begin alike come first. Case does not count.
    /// </summary>
    public static int Between(string sought, string name)
    {
        var left = Beginning(sought).ToUpperInvariant();
        var right = Beginning(name).ToUpperInvariant();
        if (right.StartsWith(left, StringComparison.Ordinal) || left.StartsWith(right, StringComparison.Ordinal))
        {
            return 0;
        }

        // Who looks for a customer means Current Customer rather than Partner, though that has fewer other letters.
        var words = right.Split(' ');
        return words.Length == 1 ? Changes(left, right) : Math.Min(Changes(left, right), 1 + words.Min(word => Changes(left, word)));
    }

    private static string Beginning(string text) => text.Length <= LongestName ? text : text.Substring(0, LongestName);

    private static int Changes(string left, string right)
    {
        var before = new int[right.Length + 1];
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        var row = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, 1 + Math.Min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[right.Length];
    }
}
