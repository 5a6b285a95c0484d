using Copper.Client;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>What a row changes.</summary>
internal sealed class RowResult
{
    /// <summary>The request body; empty when the row changes nothing.</summary>
    public JsonBody Body { get; } = [];

    /// <summary>The same for people to read.</summary>
    public PlanChangeList Changes { get; } = [];

    /// <summary>What the row shows and is not written, in sentences.</summary>
    public List<string> Notes { get; } = [];
}
