using Copper.Client.Models;

namespace CopperPS.Cmdlets.FlatRecords;

/// <summary>One column of a flat record.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Read">What stands in it for a record: text, a number, true or false; null for nothing.</param>
internal sealed record FlatColumn(string Name, Func<ICopperRecord, FlatNames, object?> Read)
{
    /// <summary>A column of records of one type.</summary>
    public static FlatColumn Of<T>(string name, Func<T, FlatNames, object?> read)
        where T : class, ICopperRecord => new(name, (record, names) => read((T)record, names));
}
