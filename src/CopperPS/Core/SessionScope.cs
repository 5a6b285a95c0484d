using System.Management.Automation;

namespace CopperPS.Core;

/// <summary>The session that a cmdlet works on, and its client: the given session, or the default of the runspace.</summary>
/// <typeparam name="TSession">The session with a service.</typeparam>
/// <typeparam name="TClient">The client of the service.</typeparam>
/// <param name="find">The session; null when there is none.</param>
/// <param name="clientOf">The session's client, whose messages come to the cmdlet.</param>
/// <param name="notConnected">The error when there is no session.</param>
/// <param name="closed">The error when the session is closed.</param>
/// <param name="terminate">Ends the pipeline with an error.</param>
internal sealed class SessionScope<TSession, TClient>(
    Func<TSession?> find,
    Func<TSession, TClient> clientOf,
    Func<ErrorRecord> notConnected,
    Func<TSession, ErrorRecord> closed,
    Action<ErrorRecord> terminate)
    where TSession : class, ISession
    where TClient : class
{
    private TSession? _session;
    private TClient? _client;

    /// <summary>The session; ends the pipeline when there is none, or when it is closed.</summary>
    public TSession Session => _session ??= Find();

    /// <summary>The session's client.</summary>
    public TClient Client => _client ??= clientOf(Session);

    private TSession Find()
    {
        var session = find();
        if (session is null)
        {
            terminate(notConnected());
        }

        if (session!.IsClosed)
        {
            terminate(closed(session!));
        }

        return session!;
    }
}
