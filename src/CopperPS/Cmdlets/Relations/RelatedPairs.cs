using Copper.Client.Relations;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Relations;

/// <summary>Rejects what Copper does not relate, before anything is sent or asked.</summary>
internal static class RelatedPairs
{
    public static void Check(RecordKey from, RecordKey to)
    {
        try
        {
            RelatedItemEndpoint.CheckPair(from.Entity, to.Entity);
        }
        catch (ArgumentException exception)
        {
            throw RequestValueConverter.Reject(ExceptionText.Of(exception), from.Source);
        }
    }
}
