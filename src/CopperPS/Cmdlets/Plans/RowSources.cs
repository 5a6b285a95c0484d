using System.Management.Automation;
using Copper.Data.Import;

namespace CopperPS.Cmdlets.Plans;

/// <summary>
/// What was given for each row, as errors show it: the first ones as they are, and of the others those that the caller keeps himself. A
/// row that nobody has any more is made again from its cells.
/// </summary>
/// <param name="rows">The rows.</param>
internal sealed class RowSources(ImportRowList rows)
{
    private const int MostKept = 500;
    private readonly List<object> _sources = [];

    public void Add(PSObject item)
    {
        // The wrapper of a hashtable may be there for a moment only; a row of Import-Csv is nothing but its wrapper.
        var source = item.BaseObject is PSCustomObject ? item : item.BaseObject;
        _sources.Add(_sources.Count < MostKept ? source : new WeakReference(source));
    }

    /// <summary>What was given for a row, by its number from 1; null when there is no such row.</summary>
    public object? Find(long number)
    {
        if (number < 1 || number > _sources.Count)
        {
            return null;
        }

        var source = _sources[(int)number - 1];
        return source is WeakReference weak ? weak.Target ?? Again(rows[(int)number - 1]) : source;
    }

    private static PSObject Again(ImportRow row)
    {
        var item = new PSObject();
        foreach (var heading in row.Headings)
        {
            item.Properties.Add(new PSNoteProperty(heading, row[heading]));
        }

        return item;
    }
}
