using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CopperPS.Core;

/// <summary>The default session of each runspace for the CRM.</summary>
internal static class DefaultSession
{
    private static readonly DefaultSession<CopperSession> Sessions = new(static session => CloseUnlessShared(session));

    public static CopperSession? Current => Sessions.Current;

    /// <summary>Makes the session the runspace's default. The one before is closed, unless somebody else holds it.</summary>
    public static void Set(CopperSession session)
    {
        if (Sessions.Replace(session) is { } replaced)
        {
            CloseUnlessShared(replaced);
        }
    }

    /// <summary>The session is no default any more.</summary>
    public static void Forget(CopperSession session) => Sessions.Forget(session);

    // What somebody else holds ends with the last one who holds it.
    private static void CloseUnlessShared(CopperSession session)
    {
        if (!session.IsShared)
        {
            session.Dispose();
        }
    }
}

/// <summary>
/// The default session of each runspace. Runbooks of one process must not see each other's, and a runspace that is gone
/// must not keep its session alive.
/// </summary>
/// <typeparam name="T">The kind of session; each kind has its own default.</typeparam>
/// <param name="ended">Gets the session of a runspace that closes, for thread jobs and pools disconnect as little as people do.</param>
internal sealed class DefaultSession<T>(Action<T>? ended = null)
    where T : class
{
    private readonly ConditionalWeakTable<Runspace, Holder> _sessions = new();

    public T? Current =>
        Runspace.DefaultRunspace is { } runspace && _sessions.TryGetValue(runspace, out var holder)
            ? holder.Session
            : null;

    /// <summary>Makes the session the runspace's default and returns the one before.</summary>
    public T? Replace(T session)
    {
        var holder = _sessions.GetValue(Runspace.DefaultRunspace, Create);
        var replaced = holder.Session;
        holder.Session = session;
        return ReferenceEquals(replaced, session) ? null : replaced;
    }

    /// <summary>The session is no default any more.</summary>
    public void Forget(T session)
    {
        if (Runspace.DefaultRunspace is { } runspace
            && _sessions.TryGetValue(runspace, out var holder)
            && ReferenceEquals(holder.Session, session))
        {
            holder.Session = null;
        }
    }

    private Holder Create(Runspace runspace)
    {
        var holder = new Holder();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken
                && holder.Session is { } session)
            {
                holder.Session = null;
                ended?.Invoke(session);
            }
        };
        return holder;
    }

    private sealed class Holder
    {
        public T? Session { get; set; }
    }
}
