using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CopperPS.Connection;

/// <summary>The default session of each runspace for the CRM.</summary>
internal static class DefaultSession
{
    private static readonly DefaultSession<CopperSession> Sessions = new();

    public static CopperSession? Current => Sessions.Current;

    /// <summary>Makes the session the runspace's default. The one before is closed, unless somebody else holds it.</summary>
    public static void Set(CopperSession session)
    {
        if (Sessions.Replace(session) is { IsShared: false } replaced)
        {
            replaced.Dispose();
        }
    }

    /// <summary>The session is no default any more.</summary>
    public static void Forget(CopperSession session) => Sessions.Forget(session);
}

/// <summary>
/// The default session of each runspace. Runbooks of one process must not see each other's, and a runspace that is gone
/// must not keep its session alive.
/// </summary>
/// <typeparam name="T">The kind of session; each kind has its own default.</typeparam>
internal sealed class DefaultSession<T>
    where T : class
{
    private readonly ConditionalWeakTable<Runspace, Holder> _sessions = new();

    public T? Current => Runspace.DefaultRunspace is { } runspace && _sessions.TryGetValue(runspace, out var holder) ? holder.Session : null;

    /// <summary>Makes the session the runspace's default and returns the one before.</summary>
    public T? Replace(T session)
    {
        var holder = _sessions.GetOrCreateValue(Runspace.DefaultRunspace);
        var replaced = holder.Session;
        holder.Session = session;
        return ReferenceEquals(replaced, session) ? null : replaced;
    }

    /// <summary>The session is no default any more.</summary>
    public void Forget(T session)
    {
        if (Runspace.DefaultRunspace is { } runspace && _sessions.TryGetValue(runspace, out var holder) && ReferenceEquals(holder.Session, session))
        {
            holder.Session = null;
        }
    }

    private sealed class Holder
    {
        public T? Session { get; set; }
    }
}
