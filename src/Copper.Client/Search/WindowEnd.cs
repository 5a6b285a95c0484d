namespace Copper.Client;

/// <summary>How the reading of a window ended.</summary>
internal enum WindowEnd
{
    /// <summary>It is still read.</summary>
    None,

    /// <summary>All of it was read.</summary>
    Reached,

    /// <summary>The service returns no more of it.</summary>
    CutOff,

    /// <summary>It is read again from its first record, in another order.</summary>
    Restarted,
}
