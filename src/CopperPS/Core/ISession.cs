namespace CopperPS.Core;

/// <summary>What the sessions with the two services have in common.</summary>
internal interface ISession : IDisposable
{
    /// <summary>The session was closed.</summary>
    bool IsClosed { get; }

    /// <summary>Somebody else holds the session, so a new default must not close it.</summary>
    bool IsShared { get; set; }
}
