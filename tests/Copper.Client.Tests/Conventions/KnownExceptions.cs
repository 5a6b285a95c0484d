namespace Copper.Client.Tests.Conventions;

/// <summary>
/// The places that do not keep a rule yet, one in each line of a file in Conventions/Exceptions. Such a list only shrinks: a new
/// place fails the test, and so does a line that is no longer true.
/// </summary>
internal static class KnownExceptions
{
    /// <summary>Compares what breaks a rule with what is known to break it.</summary>
    /// <param name="list">The file's name without its extension.</param>
    /// <param name="found">What breaks the rule now.</param>
    /// <param name="advice">What to do about a new one.</param>
    public static void Check(string list, IEnumerable<string> found, string advice)
    {
        var path = Path.Combine(SourceTree.Root, "tests", "Copper.Client.Tests", "Conventions", "Exceptions", list + ".txt");
        var known = File.Exists(path) ? File.ReadAllLines(path).Where(static line => line.Length > 0).ToArray() : [];
        var present = found.Distinct().Order(StringComparer.Ordinal).ToArray();
        var added = present.Except(known).ToArray();
        var gone = known.Except(present).ToArray();
        Assert.True(
            added.Length == 0 && gone.Length == 0,
            string.Join(
                Environment.NewLine,
                [
                    .. added.Select(place => $"{place}: {advice}"),
                    .. gone.Select(
                        place => $"{place}: this is in order now. Delete the line from tests/Copper.Client.Tests/Conventions/Exceptions/{list}.txt."),
                ]));
    }
}
