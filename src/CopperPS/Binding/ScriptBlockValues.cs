using System.Collections;
using System.Management.Automation;
using Copper.Client.Metadata;

namespace CopperPS.Binding;

/// <summary>
/// Script blocks in a hashtable, as in -CustomField @{ Score = { $_.Score + 1 } }: PowerShell itself runs only one that is the whole value
/// of a parameter.
/// </summary>
internal static class ScriptBlockValues
{
    /// <summary>The hashtable with what its script blocks return for an item; the same one when it holds none.</summary>
    /// <param name="table">The hashtable.</param>
    /// <param name="parameter">The parameter, for messages.</param>
    /// <param name="item">What $_ is; null when the pipeline brought nothing.</param>
    /// <exception cref="InputRejectedException">There is no item, or a script block failed.</exception>
    public static Hashtable Run(Hashtable table, string parameter, object? item)
    {
        if (GivenValue.ScriptBlockIn(table) is null)
        {
            return table;
        }

        var result = new Hashtable();
        foreach (var entry in DictionaryEntries.Of(table))
        {
            result[entry.Key] = Run(entry.Value, $"'{CellValue.Describe(entry.Key)}' of -{parameter}", item);
        }

        return result;
    }

    private static object? Run(object? value, string place, object? item)
    {
        if (GivenValue.ScriptBlockIn(value) is not { } code)
        {
            return value;
        }

        if (item is null)
        {
            throw RequestValueConverter.Reject(
                $"The script block in {place} is run for each record that the pipeline brings, and nothing is piped. Pipe the records, or "
                    + "give a value.",
                code);
        }

        return CellValue.Bare(value) switch
        {
            ScriptBlock block => RunBlock(block, place, item),
            IDictionary inner => DictionaryEntries.Of(inner).Aggregate(
                new Hashtable(),
                (table, entry) =>
                {
                    table[entry.Key] = Run(entry.Value, place, item);
                    return table;
                }),
            IList list => list.Cast<object?>().Select(element => Run(element, place, item)).ToArray(),
            var other => other,
        };
    }

    private static object? RunBlock(ScriptBlock code, string place, object item)
    {
        try
        {
            var results = code.InvokeWithContext(null, [new PSVariable("_", item)]);
            return results.Count switch
            {
                0 => null,
                1 => results[0],
                _ => results.Cast<object?>().ToArray(),
            };
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw RequestValueConverter.Reject(
                $"The script block in {place} failed, so that nothing was sent: {exception.Message.TrimEnd('.')}.", item);
        }
    }
}
