using Copper.Client;
using Copper.Client.Models;
using Copper.Client.Relations;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Holds records back until one request can read the names of all the records that they point to, where each item of the pipeline brings
/// only a few.
/// </summary>
/// <param name="names">The names.</param>
/// <param name="write">Reads the names that are missing, and writes the records.</param>
internal sealed class RelatedNameBuffer(RelatedNames names, Action<IReadOnlyCollection<ICopperRecord>> write)
{
    private readonly List<ICopperRecord> _records = [];

    /// <summary>Takes records, and writes all when nothing is missing or as much as one request reads.</summary>
    public void Add(IEnumerable<ICopperRecord> records)
    {
        _records.AddRange(records);
        if (names.CountMissing(_records) is 0 or >= SearchQuery.LargestPage)
        {
            Flush();
        }
    }

    /// <summary>Writes what is held back.</summary>
    public void Flush()
    {
        ICopperRecord[] records = [.. _records];
        _records.Clear();
        write(records);
    }
}
