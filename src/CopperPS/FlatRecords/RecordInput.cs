using System.Management.Automation;
using Copper.Client.Crm;

namespace CopperPS.FlatRecords;

/// <summary>Takes records out of what came down the pipeline.</summary>
internal static class RecordInput
{
    /// <summary>The record; null when it is none.</summary>
    public static ICopperRecord? From(PSObject? item) => item?.BaseObject as ICopperRecord;
}
