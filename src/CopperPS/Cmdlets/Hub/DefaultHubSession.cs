using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>The default session of each runspace for the CopperHub.</summary>
internal static class DefaultHubSession
{
    private static readonly DefaultSession<CopperHubSession> Sessions = new();

    public static CopperHubSession? Current => Sessions.Current;

    /// <summary>Makes the session the runspace's default. The one before is closed, unless somebody else holds it.</summary>
    public static void Set(CopperHubSession session)
    {
        if (Sessions.Replace(session) is { IsShared: false } replaced)
        {
            replaced.Dispose();
        }
    }

    /// <summary>The session is no default any more.</summary>
    public static void Forget(CopperHubSession session) => Sessions.Forget(session);

    /// <summary>Closes the runspace's default, unless somebody else holds it.</summary>
    public static void Close()
    {
        if (Current is { IsShared: false } session)
        {
            session.Dispose();
            Forget(session);
        }
    }
}
