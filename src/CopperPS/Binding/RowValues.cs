using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>
/// The columns of a row: the properties of an object, or the entries of a hashtable. What surrounds a heading and is not seen in a
/// spreadsheet, such as a space or a byte order mark, is no part of its name.
/// </summary>
internal static class RowValues
{
    /// <summary>The names of the columns.</summary>
    public static IEnumerable<string> NamesOf(PSObject row) => GivenNamesOf(row).Select(NameOf);

    /// <summary>What stands in a column; null where there is none of the name.</summary>
    public static object? ValueOf(PSObject row, string column)
    {
        if (row.BaseObject is not IDictionary dictionary)
        {
            return (row.Properties[column] ?? PaddedProperty(row, column))?.Value;
        }

        object? padded = null;
        foreach (var entry in DictionaryEntries.Of(dictionary))
        {
            var name = TextOf(entry.Key);
            if (string.Equals(name, column, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }

            if (string.Equals(NameOf(name), column, StringComparison.OrdinalIgnoreCase))
            {
                padded = entry.Value;
            }
        }

        return padded;
    }

    /// <summary>The columns whose headings have something around their names, by their names; null when none has.</summary>
    public static Dictionary<string, string>? PaddedNamesOf(PSObject row)
    {
        Dictionary<string, string>? padded = null;
        foreach (var given in GivenNamesOf(row))
        {
            if (NameOf(given) is var name && name.Length < given.Length)
            {
                padded ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                padded[name] = given;
            }
        }

        return padded;
    }

    /// <summary>Two columns that have the same name once what surrounds them is left out; null when there are none.</summary>
    public static (string First, string Second)? SameColumns(PSObject row)
    {
        if (PaddedNamesOf(row) is not { } padded)
        {
            return null;
        }

        foreach (var same in GivenNamesOf(row).GroupBy(NameOf, StringComparer.OrdinalIgnoreCase))
        {
            if (padded.ContainsKey(same.Key) && same.Skip(1).FirstOrDefault() is { } second)
            {
                return (same.First(), second);
            }
        }

        return null;
    }

    private static IEnumerable<string> GivenNamesOf(PSObject row) => row.BaseObject is IDictionary dictionary
        ? DictionaryEntries.Of(dictionary).Select(static entry => TextOf(entry.Key))
        : row.Properties.Select(static property => property.Name);

    private static PSPropertyInfo? PaddedProperty(PSObject row, string column) => row.BaseObject is PSCustomObject
        ? row.Properties.FirstOrDefault(property => IsPadded(property.Name)
            && string.Equals(NameOf(property.Name), column, StringComparison.OrdinalIgnoreCase))
        : null;

    private static string NameOf(string heading)
    {
        if (!IsPadded(heading))
        {
            return heading;
        }

        var (start, end) = (0, heading.Length);
        while (start < end && IsPadding(heading[start]))
        {
            start++;
        }

        while (end > start && IsPadding(heading[end - 1]))
        {
            end--;
        }

        return heading.Substring(start, end - start);
    }

    private static bool IsPadded(string heading) =>
        heading.Length > 0 && (IsPadding(heading[0]) || IsPadding(heading[heading.Length - 1]));

    private static bool IsPadding(char c) =>
        char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control;

    private static string TextOf(object? key) => Convert.ToString(key, CultureInfo.InvariantCulture) ?? string.Empty;
}
