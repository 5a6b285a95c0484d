namespace CopperPS.Cmdlets.Base;

/// <summary>How records are sent.</summary>
internal enum WriteGrouping
{
    /// <summary>Each by a request of its own.</summary>
    Alone,

    /// <summary>Ten in one request, as -Bulk asks for.</summary>
    Tens,

    /// <summary>
    /// The first alone, so that a mistake shows before it is repeated; the further ones ten in one request, where the service can.
    /// </summary>
    ByItself,
}
