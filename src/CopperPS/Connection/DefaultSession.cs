using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CopperPS.Connection;

/// <summary>
/// The default session of each runspace. Runbooks of one process must not see each other's, and a runspace that is gone
/// must not keep its session alive.
/// </summary>
internal static class DefaultSession
{
    private static readonly ConditionalWeakTable<Runspace, Holder> Sessions = new();

    public static CopperSession? Current => Runspace.DefaultRunspace is { } runspace && Sessions.TryGetValue(runspace, out var holder) ? holder.Session : null;

    /// <summary>Makes the session the runspace's default. The one before is closed, unless somebody else holds it.</summary>
    public static void Set(CopperSession session)
    {
        var holder = Sessions.GetOrCreateValue(Runspace.DefaultRunspace);
        if (holder.Session is { IsShared: false } replaced)
        {
            replaced.Dispose();
        }

        holder.Session = session;
    }

    /// <summary>The session is no default any more.</summary>
    public static void Forget(CopperSession session)
    {
        if (Runspace.DefaultRunspace is { } runspace && Sessions.TryGetValue(runspace, out var holder) && ReferenceEquals(holder.Session, session))
        {
            holder.Session = null;
        }
    }

    private sealed class Holder
    {
        public CopperSession? Session { get; set; }
    }
}
