using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CopperPS.Core;

/// <summary>
/// The default session of each runspace. Runbooks of one process must not see each other's, and a runspace that is gone
/// must not keep its session alive.
/// </summary>
/// <typeparam name="T">The kind of session; each kind has its own default.</typeparam>
internal static class DefaultSession<T>
    where T : class, ISession
{
    private static readonly ConditionalWeakTable<Runspace, Holder> Sessions = new();

    /// <summary>The session; null when there is none.</summary>
    public static T? Current =>
        Runspace.DefaultRunspace is { } runspace && Sessions.TryGetValue(runspace, out var holder)
            ? holder.Session
            : null;

    /// <summary>Makes the session the runspace's default. The one before is closed, unless somebody else holds it.</summary>
    public static void Set(T session)
    {
        var holder = Sessions.GetValue(Runspace.DefaultRunspace, Create);
        var replaced = holder.Session;
        holder.Session = session;
        if (!ReferenceEquals(replaced, session))
        {
            CloseUnlessShared(replaced);
        }
    }

    /// <summary>The session is no default any more.</summary>
    public static void Forget(T session)
    {
        if (Runspace.DefaultRunspace is { } runspace
            && Sessions.TryGetValue(runspace, out var holder)
            && ReferenceEquals(holder.Session, session))
        {
            holder.Session = null;
        }
    }

    /// <summary>Closes the runspace's default, unless somebody else holds it.</summary>
    public static void Close()
    {
        if (Current is { IsShared: false } session)
        {
            session.Dispose();
            Forget(session);
        }
    }

    // Thread jobs and pools disconnect as little as people do: the session ends with its runspace.
    private static Holder Create(Runspace runspace)
    {
        var holder = new Holder();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
            {
                var session = holder.Session;
                holder.Session = null;
                CloseUnlessShared(session);
            }
        };
        return holder;
    }

    // What somebody else holds ends with the last one who holds it.
    private static void CloseUnlessShared(T? session)
    {
        if (session is { IsShared: false })
        {
            session.Dispose();
        }
    }

    private sealed class Holder
    {
        public T? Session { get; set; }
    }
}
