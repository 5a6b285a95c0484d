using Copper.Client.Http;

namespace Copper.Client.Entities;

/// <summary>What the service reports when a relation of two records cannot be removed.</summary>
internal static class RelationErrors
{
    /// <summary>
    /// The two records are not related, which is what the removal of a relation is to bring about; also when the first of two attempts
    /// did it. The words are the service's (smith-carson/prosperworks-sdk): "Invalid request: Resources are not related".
    /// </summary>
    internal static bool SaysNotRelated(CopperValidationException refusal) =>
        refusal.ServerMessage.Contains("not related", StringComparison.OrdinalIgnoreCase);
}
