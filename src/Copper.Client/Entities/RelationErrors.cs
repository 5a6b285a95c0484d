namespace Copper.Client;

/// <summary>What the service reports when a relation of two records cannot be removed.</summary>
internal static class RelationErrors
{
    /// <summary>
    /// The two records are not related, so the removal of a relation has nothing to do, for example because an earlier attempt removed
    /// it. The words are the service's (smith-carson/prosperworks-sdk): "Invalid request: Resources are not related".
    /// </summary>
    internal static bool IsNotRelated(CopperValidationException rejection) =>
        rejection.ServerMessage.Contains("not related", StringComparison.OrdinalIgnoreCase);
}
