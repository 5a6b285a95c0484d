using Copper.Client.Crm.Relations;
using CopperPS.Abstractions;

namespace CopperPS.Relations;

/// <summary>Refuses what Copper does not relate before anything is sent, or asked.</summary>
internal static class RelatedPairs
{
    public static void Check(RecordPointer from, RecordPointer to)
    {
        try
        {
            RelatedItemEndpoint.CheckPair(from.Entity, to.Entity);
        }
        catch (ArgumentException exception)
        {
            throw WireValues.Refuse(exception.Message, from.Source);
        }
    }
}
