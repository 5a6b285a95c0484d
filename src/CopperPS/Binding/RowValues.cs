using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>The columns of a row: the properties of an object, or the entries of a hashtable.</summary>
internal static class RowValues
{
    /// <summary>The names of the columns.</summary>
    public static IEnumerable<string> NamesOf(PSObject row) => row.BaseObject is IDictionary dictionary
        ? DictionaryEntries.Of(dictionary).Select(static entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty)
        : row.Properties.Select(static property => property.Name);

    /// <summary>What stands in a column; null where there is none of the name.</summary>
    public static object? ValueOf(PSObject row, string column)
    {
        if (row.BaseObject is not IDictionary dictionary)
        {
            return row.Properties[column]?.Value;
        }

        foreach (var entry in DictionaryEntries.Of(dictionary))
        {
            if (string.Equals(Convert.ToString(entry.Key, CultureInfo.InvariantCulture), column, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
