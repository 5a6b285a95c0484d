using Copper.Client;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>The words of -Entity.</summary>
internal static class SnapshotEntities
{
    /// <summary>The API's singular word of an entity.</summary>
    public static string NameOf(string word) => CopperEntities.FindPrimary(word)?.Name ?? CopperEntities.Activity.Name;
}
