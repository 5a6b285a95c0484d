using System.Globalization;

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
        var known = Read(list);
        var present = found.Distinct().Order(StringComparer.Ordinal).ToArray();
        var added = present.Except(known).ToArray();
        var gone = known.Except(present).ToArray();
        Assert.True(
            added.Length == 0 && gone.Length == 0,
            string.Join(
                Environment.NewLine,
                [
                    .. added.Select(place => $"{place}: {advice}"),
                    .. gone.Select(place => $"{place}: this is in order now. Delete the line from {PathOf(list)}."),
                ]));
    }

    /// <summary>As <see cref="Check"/>, where a file may break a rule several times: each line is a path, a space and the number.</summary>
    public static void CheckCounts(string list, IEnumerable<(string Path, IReadOnlyList<int> Lines)> found, string advice)
    {
        var known = Read(list).Select(static line => line.Split(' ')).ToDictionary(
            static parts => parts[0], static parts => int.Parse(parts[1], CultureInfo.InvariantCulture));
        var present = found.Where(static file => file.Lines.Count > 0).ToDictionary(static file => file.Path, static file => file.Lines);
        Assert.True(
            known.Count == present.Count && known.All(file => present.GetValueOrDefault(file.Key)?.Count == file.Value),
            string.Join(
                Environment.NewLine,
                from path in known.Keys.Union(present.Keys).Order(StringComparer.Ordinal)
                let before = known.GetValueOrDefault(path)
                let lines = present.GetValueOrDefault(path) ?? []
                let now = lines.Count
                where now != before
                select now > before ? $"{path} (lines {string.Join(", ", lines)}; {before} are known): {advice}"
                    : $"{path}: fewer than before. Write {path} {now} into {PathOf(list)}, or delete the line when it is 0."));
    }

    private static string PathOf(string list) => $"tests/Copper.Client.Tests/Conventions/Exceptions/{list}.txt";

    private static string[] Read(string list)
    {
        var path = Path.Combine(SourceTree.Root, PathOf(list));
        return File.Exists(path) ? [.. File.ReadAllLines(path).Where(static line => line.Length > 0)] : [];
    }
}
